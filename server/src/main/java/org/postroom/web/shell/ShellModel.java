package org.postroom.web.shell;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Puts {@code shell} into the model of every page: who is signed in, and the rail as far as they may see it. */
@ControllerAdvice(annotations = Controller.class)
class ShellModel {
    private final List<RailItem> items;

    ShellModel(ObjectProvider<RailItem> items) {
        this.items =
                items.stream().sorted(Comparator.comparingInt(RailItem::order)).toList();
    }

    /** What the layout needs. */
    record Shell(@Nullable CurrentPerson person, List<Entry> rail) {}

    /** An entry of the rail on this page. */
    record Entry(String href, String name, String icon, boolean current) {}

    @ModelAttribute("shell")
    Shell shell(@AuthenticationPrincipal @Nullable CurrentPerson person, HttpServletRequest request) {
        String path = request.getRequestURI();
        List<Entry> rail = seenBy(person).stream()
                .map(item -> new Entry(item.href(), item.name(), item.icon(), isUnder(path, item.href())))
                .toList();
        return new Shell(person, rail);
    }

    private static boolean isUnder(String path, String href) {
        return path.equals(href) || path.startsWith(href + "/");
    }

    private List<RailItem> seenBy(@Nullable CurrentPerson person) {
        return person == null
                ? List.of()
                : items.stream().filter(item -> person.may(item.role())).toList();
    }

    /** Where people start: the first screen that they may see. */
    @Controller
    static class Start {
        private final ShellModel model;

        Start(ShellModel model) {
            this.model = model;
        }

        @GetMapping("/")
        String start(@AuthenticationPrincipal CurrentPerson person) {
            return model.seenBy(person).stream()
                    .findFirst()
                    .map(item -> "redirect:" + item.href())
                    .orElse("nothing-here");
        }
    }
}
