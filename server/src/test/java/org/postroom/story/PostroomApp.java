package org.postroom.story;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.postroom.PostroomServer;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The whole server on a free port with a data folder of its own, allowed to reach servers on loopback. */
public final class PostroomApp implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private PostroomApp(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it.
     *
     * @param trusted an authority to trust besides the JDK's, PEM
     * @param more settings besides the usual ones
     */
    public static PostroomApp start(Path data, Path trusted, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putIfAbsent("server.port", "0");
        settings.put("postroom.store.data", data.toString());
        settings.put("postroom.allowed-networks", "127.0.0.0/8,::1");
        settings.put("postroom.trusted-ca", trusted.toString());
        SpringApplication application = new SpringApplication(PostroomServer.class);
        application.setLogStartupInfo(false);
        application.addInitializers(context ->
                context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings)));
        return new PostroomApp(application.run());
    }

    /** One of its parts. */
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    /** Where it listens, on loopback. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
