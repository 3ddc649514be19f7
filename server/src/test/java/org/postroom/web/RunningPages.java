package org.postroom.web;

import org.junit.jupiter.api.BeforeEach;
import org.postroom.PostroomServer;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Role;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/** A running server, the same for all tests of pages, with an administrator and an agent. */
@SpringBootTest(classes = PostroomServer.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = FreshData.class)
public abstract class RunningPages {
    protected static final String PASSWORD = "orange lamp river";
    protected static final String ADMINISTRATOR = "admin@example.com";
    protected static final String AGENT = "agent@example.com";

    @LocalServerPort
    protected int port;

    @Autowired
    protected People people;

    @BeforeEach
    void peopleWorkHere() {
        hire("Ann Admin", ADMINISTRATOR, Role.ADMINISTRATOR);
        hire("Alan Agent", AGENT, Role.AGENT);
    }

    protected void hire(String name, String email, Role role) {
        if (people.byEmail(email).isEmpty()) {
            people.create(new NewPerson(name, email, PASSWORD, role));
        }
    }

    protected Visitor stranger() {
        return new Visitor(port);
    }

    protected Visitor administrator() {
        return stranger().signIn(ADMINISTRATOR, PASSWORD);
    }

    protected Visitor agent() {
        return stranger().signIn(AGENT, PASSWORD);
    }
}
