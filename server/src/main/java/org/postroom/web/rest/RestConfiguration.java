package org.postroom.web.rest;

import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** Wires what every call goes through. */
@Configuration(proxyBeanMethods = false)
class RestConfiguration {
    private static final int BEHIND_SECURITY = 10;

    /** A field that is mistyped, or of another type, is an error, not a setting that silently does nothing. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json -> json.changeDefaultNullHandling(nulls -> nulls.withContentNulls(Nulls.FAIL))
                .withCoercionConfig(LogicalType.Textual, text -> {
                    for (var other :
                            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
                        text.setCoercion(other, CoercionAction.Fail);
                    }
                })
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(
            ProblemWriter problems, @Value("${postroom.largest-call:60MB}") DataSize most) {
        return forCalls(new BodyLimit(most, problems), BEHIND_SECURITY);
    }

    @Bean
    FilterRegistrationBean<IdempotencyFilter> idempotency(
            IdempotencyKeys keys, ProblemWriter problems, tools.jackson.databind.json.JsonMapper json) {
        return forCalls(new IdempotencyFilter(keys, problems, json), BEHIND_SECURITY + 1);
    }

    private static <T extends jakarta.servlet.Filter> FilterRegistrationBean<T> forCalls(T filter, int order) {
        FilterRegistrationBean<T> registration = new FilterRegistrationBean<>(filter);
        registration.addUrlPatterns("/api/v1/*");
        registration.setOrder(order);
        return registration;
    }
}
