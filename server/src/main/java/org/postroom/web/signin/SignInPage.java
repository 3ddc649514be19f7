package org.postroom.web.signin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.postroom.access.FrontDoor;
import org.postroom.access.FrontDoor.Result;
import org.postroom.person.Person;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** Where people sign in. */
@Controller
class SignInPage {
    private final FrontDoor door;

    SignInPage(FrontDoor door) {
        this.door = door;
    }

    @GetMapping("/sign-in")
    String show(
            @AuthenticationPrincipal @Nullable CurrentPerson person,
            @RequestParam(value = "signed-out", required = false) @Nullable String signedOut,
            @RequestParam(required = false) @Nullable String again,
            Model model) {
        if (person != null) {
            return "redirect:/";
        }
        if (signedOut != null) {
            model.addAttribute("note", "You are signed out.");
        } else if (again != null) {
            model.addAttribute("note", "The page had been open for too long. Please sign in once more.");
        }
        return "sign-in";
    }

    @PostMapping("/sign-in")
    String signIn(
            @RequestParam(defaultValue = "") String email,
            @RequestParam(defaultValue = "") String password,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        return switch (door.check(email, password, request.getRemoteAddr())) {
            case Result.Welcome(Person person) ->
                "redirect:" + door.letIn(person, request, response).orElse("/");
            case Result.NotRight() -> {
                response.setStatus(HttpStatus.UNAUTHORIZED.value());
                yield again(model, email, "The email address or the password is not right.");
            }
            case Result.TooMany(Duration pause) -> {
                response.setStatus(HttpStatus.TOO_MANY_REQUESTS.value());
                response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds() + 1));
                long minutes = pause.toMinutes() + 1;
                yield again(
                        model,
                        email,
                        "There were too many tries. Wait " + minutes + (minutes == 1 ? " minute" : " minutes")
                                + " and try again; an administrator can give you a new password.");
            }
        };
    }

    private static String again(Model model, String email, String problem) {
        model.addAttribute("email", email);
        model.addAttribute("problem", problem);
        return "sign-in";
    }

    /** Whether somebody is signed in, and a CSRF token of their session, for a page that has outlived its own. */
    @GetMapping("/session")
    @ResponseBody
    ResponseEntity<Map<String, Object>> session(
            @AuthenticationPrincipal @Nullable CurrentPerson person, CsrfToken token) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Map.of("signedIn", person != null, "token", token.getToken()));
    }
}
