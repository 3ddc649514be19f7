package org.postroom.web.rest;

import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the OpenAPI description says of all calls; the rest is read from the code. */
@Configuration(proxyBeanMethods = false)
class Description {
    private static final String KEY = "apiKey";
    private static final String PROBLEM = "Problem";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Postroom")
                        .version("1")
                        .description("Email channels for contact centres and service desks.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                KEY,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .description("An API key.")))
                .addSecurityItem(new SecurityRequirement().addList(KEY));
    }

    @Bean
    OpenApiCustomizer whatAllCallsShare() {
        return api -> {
            for (Map.Entry<String, Schema> one :
                    ModelConverters.getInstance(true).readAll(Problem.class).entrySet()) {
                api.getComponents().addSchemas(one.getKey(), one.getValue());
            }
            new Nullability(api).mark();
            api.getPaths().values().forEach(Description::complete);
        };
    }

    private static void complete(PathItem path) {
        path.readOperationsMap().forEach((method, operation) -> {
            operation.getResponses().setDefault(problem());
            if (method != PathItem.HttpMethod.GET) {
                operation.addParametersItem(idempotencyKey());
            }
            emptyWhereNothingComes(operation);
        });
    }

    private static ApiResponse problem() {
        return new ApiResponse()
                .description("Refused, or failed.")
                .content(new Content()
                        .addMediaType(
                                "application/problem+json",
                                new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
    }

    private static Parameter idempotencyKey() {
        return new Parameter()
                .in("header")
                .name(IdempotencyFilter.HEADER)
                .description("The same call with the same key happens once; kept for 24 hours.")
                .schema(new StringSchema().maxLength(255));
    }

    private static void emptyWhereNothingComes(Operation operation) {
        operation.getResponses().values().stream()
                .filter(answer ->
                        answer.getContent() != null && answer.getContent().isEmpty())
                .forEach(answer -> answer.setContent(null));
    }
}
