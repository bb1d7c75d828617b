package dev.lifeboat.contract.backup;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.Require;
import dev.lifeboat.contract.error.InvalidInputException;
import dev.lifeboat.contract.error.LifeboatException;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The configuration of the application's namespace, as {@code backup_….config.json} holds it beside a dump: what a rebuilt cluster
 * needs and neither Git nor the dump has. It holds Secrets: neither its {@code toString}, nor that of anything in it, nor any message
 * of {@link #parse} tells a value.
 *
 * @param version 1
 * @param namespace where the objects are from
 * @param takenAt when they were read
 * @param objects ConfigMaps and Secrets; no two of one kind and name
 * @param workloads Deployments, StatefulSets and CronJobs; no two of one kind and name
 */
public record ConfigBackup(
        int version, String namespace, Instant takenAt, List<ConfigObject> objects, List<ConfigWorkload> workloads) {
    /** How large the file may be, in bytes: a cluster's Secrets and ConfigMaps have at most 1 MiB each, and usually a few KiB together. */
    public static final int MAX_BYTES = 8 << 20;

    private static final String HINT =
            "Make a new backup with scripts/aws/backup-postgres.sh, and use an older one until then; docs/formats.md describes the file.";

    public ConfigBackup {
        Require.range("version", version, 1, 1);
        Require.text("namespace", namespace);
        Require.present("takenAt", takenAt);
        objects = List.copyOf(Require.present("objects", objects));
        workloads = List.copyOf(Require.present("workloads", workloads));
        once("objects", objects, ConfigObject::toString);
        once("workloads", workloads, ConfigWorkload::reference);
        for (ConfigObject object : objects) {
            if (object.namespace().filter(own -> !own.equals(namespace)).isPresent()) {
                throw new InvalidInputException(
                        "Field 'objects': " + object + " is of another namespace than '" + namespace + "'.", HINT);
            }
        }
    }

    private static <T> void once(String field, List<T> all, Function<T, String> reference) {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            if (!seen.add(reference.apply(one))) {
                throw new InvalidInputException("Field '" + field + "' has " + reference.apply(one) + " twice.", HINT);
            }
        }
    }

    /**
     * @param what names the file in a failure's message
     * @param json at most {@value #MAX_BYTES} bytes
     * @throws InvalidInputException when it is not one; the message names the place and never tells what stands there, and there is no
     *     cause, since Jackson's messages do
     */
    public static ConfigBackup parse(String what, byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new InvalidInputException(
                    "Invalid " + what + ": it has " + json.length + " bytes, expected at most " + MAX_BYTES + ".",
                    HINT);
        }
        try {
            ConfigBackup found = Json.mapper().readValue(json, ConfigBackup.class);
            if (found == null) {
                throw new InvalidInputException("Invalid " + what + ": it is null, expected an object.", HINT);
            }
            return found;
        } catch (JsonProcessingException e) {
            throw new InvalidInputException("Invalid " + what + ": " + problem(e) + ".", HINT);
        } catch (IOException e) {
            throw new IllegalStateException("An array of bytes can be read");
        }
    }

    private static String problem(JsonProcessingException e) {
        if (e.getCause() instanceof LifeboatException known) {
            String message = known.getMessage();
            return place(e) + message.substring(0, message.indexOf(". HINT: "));
        }
        if (e instanceof UnrecognizedPropertyException unknown) {
            String expected = unknown.getKnownPropertyIds().stream()
                    .map(String::valueOf)
                    .sorted()
                    .collect(Collectors.joining(", "));
            List<JsonMappingException.Reference> path = unknown.getPath();
            return place(path.subList(0, path.size() - 1)) + "it has an unknown field, expected " + expected;
        }
        if (e instanceof JsonMappingException) {
            return place(e) + "what stands there is of the wrong type or form" + at(e);
        }
        return "it is not JSON, or cut short" + at(e);
    }

    private static String place(JsonProcessingException e) {
        return e instanceof JsonMappingException mapping ? place(mapping.getPath()) : "";
    }

    /** Where in the file: names of fields of ours, and positions in lists. Below those are names of others, which are content. */
    private static String place(List<JsonMappingException.Reference> path) {
        String place = path.stream()
                .limit(3)
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
        return place.isEmpty() ? "" : "field '" + place + "': ";
    }

    private static String at(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    /** The workload of that kind and name. */
    public Optional<ConfigWorkload> workload(ConfigWorkload.Kind kind, String name) {
        return workloads.stream()
                .filter(workload -> workload.kind() == kind && workload.name().equals(name))
                .findFirst();
    }

    /** How many Secrets it holds. */
    public long secrets() {
        return objects.stream().filter(ConfigObject::isSecret).count();
    }

    /** Names and numbers alone. */
    @Override
    public String toString() {
        return "ConfigBackup[namespace=" + namespace + ", takenAt=" + takenAt + ", objects=" + objects + ", workloads="
                + workloads + "]";
    }
}
