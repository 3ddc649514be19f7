package org.postroom.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.postroom.access.FirstRun;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the server inside this process. */
final class ServerStart {
    private ServerStart() {}

    /**
     * Starts it and returns once it answers.
     *
     * @param more settings besides those of the environment
     */
    static ConfigurableApplicationContext start(Optional<Integer> port, Optional<Path> data, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        port.ifPresent(p -> settings.put("server.port", p));
        data.ifPresent(d -> settings.put("postroom.store.data", d.toString()));
        SpringApplication application = new SpringApplication(serverClass());
        // By this class Spring finds the bean definitions that the build has written.
        application.setMainApplicationClass(serverClass());
        application.setLogStartupInfo(false);
        // Defaults would lose against the file's: these are what the command line said.
        application.addInitializers(context -> context.getEnvironment()
                .getPropertySources()
                .addFirst(new org.springframework.core.env.MapPropertySource("command line", settings)));
        System.setProperty("logging.level.org.springframework.boot.SpringApplication", "off");
        System.setProperty("logging.level.org.springframework.boot.diagnostics", "off");
        // A refused start is told in one line; what stands around it says the same in more words.
        System.setProperty("logging.level.org.springframework.boot.web.server.servlet.context", "error");
        System.setProperty("logging.level.org.springframework.boot.tomcat", "off");
        System.setProperty("logging.level.org.apache.catalina.loader", "error");
        return application.run();
    }

    /** The application stands in the root package, which no package may import. */
    private static Class<?> serverClass() {
        try {
            return Class.forName("org.postroom.PostroomServer");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the program is not whole", e);
        }
    }

    /** The port it listens on. */
    static int port(ConfigurableApplicationContext context) {
        var server = ((WebServerApplicationContext) context).getWebServer();
        return server == null ? 0 : server.getPort();
    }

    /** What to open in a browser first. */
    static String firstAddress(ConfigurableApplicationContext context) {
        return context.getBean(FirstRun.class)
                .link()
                .map(link -> "Create the first administrator: " + link)
                .orElse("Sign in: http://localhost:" + port(context) + "/");
    }
}
