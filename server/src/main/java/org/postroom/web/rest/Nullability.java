package org.postroom.web.rest;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postroom.doctor.DoctorReport;
import org.postroom.event.EventLog;

/** Tells the description which members may be null, as the code does, and which are always there. */
final class Nullability {
    private static final List<Class<?>> SHAPES = List.of(
            Problem.class,
            ChannelJson.class,
            OutgoingJson.class,
            ChannelActions.ConnectJson.class,
            ChannelActions.ConnectJson.class,
            ChannelActions.RereadJson.class,
            KeyCalls.KeyJson.class,
            KeyCalls.NewKeysJson.class,
            ReconnectCalls.WantedJson.class,
            ReconnectCalls.LinkJson.class,
            ChannelActions.TestJson.class,
            ChannelHealth.HealthJson.class,
            DoctorReport.class,
            ConversationJson.class,
            RearrangingCalls.MergeJson.class,
            RearrangingCalls.SplitJson.class,
            ContactCalls.ContactJson.class,
            WrittenJson.class,
            QuarantineCalls.QuarantinedJson.class,
            EventLog.Event.class,
            ApiKeyCalls.KeyJson.class,
            ApiKeyCalls.MadeJson.class,
            ApiKeyCalls.NewKeyJson.class);

    private final Map<String, Schema> schemas;
    private final Set<Class<?>> seen = new LinkedHashSet<>();

    @SuppressWarnings("rawtypes") // as the library has them
    Nullability(OpenAPI api) {
        this.schemas = api.getComponents().getSchemas();
    }

    void mark() {
        SHAPES.forEach(this::collect);
        seen.forEach(shape -> mark(shape, name(shape)));
        schemas.keySet().stream()
                .filter(name -> name.startsWith(Listing.class.getSimpleName()))
                .forEach(name -> mark(Listing.class, name));
    }

    private void collect(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument);
            }
        } else if (type instanceof Class<?> shape && shape.isRecord() && seen.add(shape)) {
            for (RecordComponent member : shape.getRecordComponents()) {
                collect(member.getGenericType());
            }
        }
    }

    private static String name(Class<?> shape) {
        var named = shape.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return named == null || named.name().isEmpty() ? shape.getSimpleName() : named.name();
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the library has them
    private void mark(Class<?> shape, String name) {
        Schema schema = schemas.get(name);
        if (schema == null || schema.getProperties() == null) {
            return;
        }
        Map<String, Schema> members = schema.getProperties();
        List<String> always = new ArrayList<>();
        for (RecordComponent member : shape.getRecordComponents()) {
            Schema was = members.get(member.getName());
            if (was == null) {
                continue;
            }
            if (member.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                members.put(member.getName(), orNull(was));
            } else {
                always.add(member.getName());
            }
        }
        schema.setRequired(always.isEmpty() ? null : always);
    }

    @SuppressWarnings({"rawtypes", "unchecked"}) // as the library has them
    private static Schema orNull(Schema schema) {
        Schema nothing = new JsonSchema();
        nothing.setTypes(new LinkedHashSet<>(Set.of("null")));
        if (schema.getOneOf() != null) {
            schema.getOneOf().add(nothing);
        } else if (schema.get$ref() != null || schema.getEnum() != null) {
            Schema either = new JsonSchema();
            either.setAnyOf(new ArrayList<>(List.of(schema, nothing)));
            return either;
        } else if (schema.getTypes() != null) {
            Set<String> types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
        }
        return schema;
    }
}
