package org.postroom.web.assistant;

import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.postroom.access.CurrentPerson;
import org.postroom.person.Role;
import org.postroom.web.channels.ConnectAddress;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where Microsoft sends an administrator back to from the consent link. The page repeats what stands in the address, which
 * proves nothing; the checklist does. An administrator of Microsoft 365 need not have an account here: strangers get fixed
 * words and nothing of what the address says.
 */
@Controller
class ConsentPage {
    private static final int LONGEST = 1_000;

    @GetMapping(value = ConnectAddress.PATH, params = "state=" + ConsentLink.STATE)
    String back(
            @RequestParam(name = "error", required = false) @Nullable String error,
            @RequestParam(name = "error_description", required = false) @Nullable String description,
            @RequestParam(name = "tenant", required = false) @Nullable String tenant,
            @AuthenticationPrincipal @Nullable CurrentPerson person,
            HttpServletResponse response,
            Model model) {
        if (error != null) {
            response.setStatus(HttpStatus.BAD_REQUEST.value());
        }
        model.addAttribute("granted", error == null);
        if (person == null || !person.may(Role.ADMINISTRATOR)) {
            return "assistant/consent-outside";
        }
        model.addAttribute("tenant", cut(tenant));
        model.addAttribute("words", error == null ? null : cut(description == null ? error : description));
        return "assistant/consent";
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : text.substring(0, Math.min(text.length(), LONGEST));
    }
}
