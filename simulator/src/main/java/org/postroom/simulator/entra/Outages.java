package org.postroom.simulator.entra;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.postroom.simulator.http.Form;
import org.postroom.simulator.http.Request;

/** The outages that last. Safe for all threads. */
final class Outages {
    private final List<Outage> all = new CopyOnWriteArrayList<>();

    void add(Outage outage) {
        if (outage.times() > 0) {
            all.add(outage);
        }
    }

    void clear() {
        all.clear();
    }

    List<Outage> all() {
        return List.copyOf(all);
    }

    /** The first outage the request meets, counted down. */
    synchronized Optional<Outage> take(String path, String tenant, Request request, Grants grants) {
        Set<String> about = all.isEmpty() ? Set.of() : about(tenant, request, grants);
        for (Outage outage : all) {
            String only = outage.about();
            if (outage.endpoint().isAt(path) && (only == null || about.contains(only.toLowerCase(Locale.ROOT)))) {
                int at = all.indexOf(outage);
                if (outage.times() == 1) {
                    all.remove(at);
                } else {
                    all.set(at, outage.once());
                }
                return Optional.of(outage);
            }
        }
        return Optional.empty();
    }

    private static Set<String> about(String tenant, Request request, Grants grants) {
        Form form = request.method().equals("POST") ? request.form() : request.query();
        Set<String> names = new HashSet<>(Set.of(tenant));
        form.get("client_id").ifPresent(names::add);
        form.get("username").ifPresent(names::add);
        form.get("login_hint").ifPresent(names::add);
        form.get("refresh_token")
                .flatMap(grants::refreshToken)
                .ifPresent(refresh -> names.addAll(of(refresh.session())));
        form.get("code").flatMap(grants::code).ifPresent(code -> names.addAll(of(code.session())));
        Set<String> lower = new HashSet<>();
        names.forEach(name -> lower.add(name.toLowerCase(Locale.ROOT)));
        return lower;
    }

    private static Set<String> of(Session session) {
        return Set.of(
                session.user().upn(),
                session.user().tenant().id(),
                session.user().tenant().domain());
    }
}
