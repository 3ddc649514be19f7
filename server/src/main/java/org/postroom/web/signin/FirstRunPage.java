package org.postroom.web.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postroom.access.FirstRun;
import org.postroom.access.FirstRun.Result;
import org.postroom.access.FrontDoor;
import org.postroom.person.NewPerson;
import org.postroom.person.People;
import org.postroom.person.Person;
import org.postroom.person.Role;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where the first administrator is made, once, by who has the link. */
@Controller
class FirstRunPage {
    private final FirstRun firstRun;
    private final People people;
    private final FrontDoor door;

    FirstRunPage(FirstRun firstRun, People people, FrontDoor door) {
        this.firstRun = firstRun;
        this.people = people;
        this.door = door;
    }

    @GetMapping("/first-run")
    String show(@RequestParam(required = false) @Nullable String token, HttpServletResponse response, Model model) {
        if (!firstRun.opens(token)) {
            return closed(token != null, response, model);
        }
        model.addAttribute("token", token);
        return "first-run";
    }

    @PostMapping("/first-run")
    String create(
            @RequestParam(required = false) @Nullable String token,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return switch (firstRun.create(token, new NewPerson(name, email, password, Role.ADMINISTRATOR))) {
            case Result.Done(Person person) -> {
                door.letIn(person, request, response);
                yield "redirect:/channels/email";
            }
            case Result.Wrong(List<NewPerson.Problem> problems) -> {
                response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
                model.addAttribute("problems", byField(problems));
                model.addAttribute("token", token);
                model.addAttribute("name", name);
                model.addAttribute("email", email);
                yield "first-run";
            }
            case Result.NotTheLink() -> closed(true, response, model);
        };
    }

    private static Map<String, String> byField(List<NewPerson.Problem> problems) {
        return problems.stream()
                .collect(Collectors.toMap(NewPerson.Problem::field, NewPerson.Problem::message, (a, b) -> a));
    }

    private String closed(boolean tried, HttpServletResponse response, Model model) {
        if (!people.nobody()) {
            return "redirect:/sign-in";
        }
        if (tried) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
        }
        model.addAttribute("tried", tried);
        return "first-run-closed";
    }
}
