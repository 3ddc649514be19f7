package org.postroom.person;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.crypto.password.DelegatingPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.crypto.password.Pbkdf2PasswordEncoder;

/** How passwords are kept: PBKDF2 with HMAC-SHA-256, the method named in front so that it can change. */
@Configuration(proxyBeanMethods = false)
class PeopleConfiguration {
    private static final String METHOD = "pbkdf2";

    @Bean
    PasswordEncoder passwordEncoder() {
        return encoder();
    }

    static PasswordEncoder encoder() {
        return new DelegatingPasswordEncoder(
                METHOD, Map.of(METHOD, Pbkdf2PasswordEncoder.defaultsForSpringSecurity_v5_8()));
    }
}
