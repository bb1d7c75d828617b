package dev.lifeboat.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.LifeboatException;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Collectors;

/**
 * The strict JSON of every payload that is ours: unknown, duplicate and missing fields are errors that name the field,
 * times are ISO-8601 in UTC, nulls are left out. Thread-safe.
 */
public final class Json {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
            .build();

    private Json() {}

    /** The mapper itself, for trees. Do not configure it. */
    public static ObjectMapper mapper() {
        return STRICT;
    }

    /**
     * @param what names the payload in a failure's message: {@code "the RecoverDatabase event"}
     * @throws InvalidInputException naming the field, when the text is not a valid {@code T}
     */
    public static <T> T read(String what, InputStream json, Class<T> type) {
        try {
            return STRICT.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw invalid(what, e);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + what + ": " + e.getMessage(), "Send it again.", e);
        }
    }

    /** As {@link #read(String, InputStream, Class)}, from text. */
    public static <T> T read(String what, String json, Class<T> type) {
        try {
            return STRICT.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw invalid(what, e);
        }
    }

    /** As {@link #read(String, InputStream, Class)}, from bytes. */
    public static <T> T read(String what, byte[] json, Class<T> type) {
        try {
            return STRICT.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw invalid(what, e);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot read " + what + ": " + e.getMessage(), "Send it again.", e);
        }
    }

    /** The value's JSON, indented for people. */
    public static byte[] write(Object value) {
        try {
            return STRICT.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not representable in JSON: " + value.getClass(), e);
        }
    }

    /** The value's JSON on one line. */
    public static String compact(Object value) {
        try {
            return STRICT.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not representable in JSON: " + value.getClass(), e);
        }
    }

    private static InvalidInputException invalid(String what, JsonProcessingException e) {
        if (e.getCause() instanceof LifeboatException known) {
            return new InvalidInputException("Invalid " + what + ": " + path(e) + known.getMessage(), "See above.", e);
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new InvalidInputException(
                    "Invalid " + what + ": unknown field '" + pathOf(unknown) + "', expected one of "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "Remove or rename the field; events/ holds an example of every payload.",
                    e);
        }
        if (e instanceof InvalidTypeIdException type) {
            return new InvalidInputException(
                    "Invalid " + what + ": " + type.getOriginalMessage() + ".",
                    "Set 'action' to one of the names in docs/; events/ holds an example of every payload.",
                    e);
        }
        return new InvalidInputException(
                "Invalid " + what + ": " + path(e) + e.getOriginalMessage()
                        + (e.getLocation() == null
                                ? ""
                                : " (line " + e.getLocation().getLineNr() + ", column "
                                        + e.getLocation().getColumnNr() + ")"),
                "Correct the JSON; events/ holds an example of every payload.",
                e);
    }

    private static String path(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "field '" + pathOf(mapping) + "': ";
        }
        return "";
    }

    private static String pathOf(JsonMappingException e) {
        return e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
