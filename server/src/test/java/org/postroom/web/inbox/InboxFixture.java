package org.postroom.web.inbox;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.postroom.access.CurrentPerson;
import org.postroom.channel.Channel;
import org.postroom.channel.Channels;
import org.postroom.desk.Desk;
import org.postroom.fetch.Inbound;
import org.postroom.intake.Intake;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.postroom.store.Database;
import org.postroom.store.Ids;
import org.postroom.store.RawStore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.AbstractMockHttpServletRequestBuilder;

/** The whole server on a database of its own, an agent signed in, and a channel made anew for each test. */
@SpringBootTest
@AutoConfigureMockMvc
@SuppressWarnings("NullAway.Init")
abstract class InboxFixture {
    /** Shared by all classes, as the server is; beneath the build folder, so that a clean build takes it away. */
    private static final Path FOLDER = Path.of("target", "inbox-" + UUID.randomUUID());

    @Autowired
    MockMvc mvc;

    @Autowired
    Channels channels;

    @Autowired
    People people;

    @Autowired
    RawStore raw;

    @Autowired
    Inbound inbound;

    @Autowired
    Intake intake;

    @Autowired
    Database database;

    @Autowired
    Ids ids;

    @Autowired
    Clock clock;

    @Autowired
    Desk desk;

    InboxData data;
    CurrentPerson agent;
    Channel channel;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("postroom.store.data", () -> FOLDER.toString());
    }

    @BeforeEach
    void prepare() {
        data = new InboxData(channels, people, raw, inbound, intake, database, ids, clock, desk);
        String unique = UUID.randomUUID().toString().substring(0, 8);
        agent = data.person("Maya Chen", "maya-" + unique + "@contoso.test", Role.AGENT);
        channel = data.channel("Support " + unique, "support@contoso.test");
    }

    MockHttpServletResponse see(String address) throws Exception {
        return answer(get(URI.create(address)));
    }

    /** As htmx asks. */
    MockHttpServletResponse part(String address) throws Exception {
        return answer(get(URI.create(address)).header("HX-Request", "true"));
    }

    MockHttpServletResponse send(String address, String... fields) throws Exception {
        var request = multipart(address).with(csrf()).header("HX-Request", "true");
        for (int i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return answer(request);
    }

    MockHttpServletResponse press(String address) throws Exception {
        return answer(post(address).with(csrf()).header("HX-Request", "true"));
    }

    MockHttpServletResponse answer(AbstractMockHttpServletRequestBuilder<?> request) throws Exception {
        return mvc.perform(request.with(authentication(data.signedIn(agent))))
                .andReturn()
                .getResponse();
    }
}
