package dev.lifeboat.local.states;

import com.dashjoin.jsonata.Jsonata;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The functions that Step Functions adds to JSONata. Source: Step Functions Developer Guide, "Transforming data with
 * JSONata", "JSONata functions provided by Step Functions".
 */
final class StepFunctionsJsonata {
    static final Set<String> NAMES = Set.of("partition", "range", "hash", "random", "uuid", "parse");

    private StepFunctionsJsonata() {}

    static void bind(Jsonata.Frame frame) {
        frame.bind("partition", Jsonata.function("partition", StepFunctionsJsonata::partition, "<an:a>"));
        frame.bind("range", Jsonata.function("range", StepFunctionsJsonata::range, "<nnn:a<n>>"));
        frame.bind("hash", Jsonata.function("hash", StepFunctionsJsonata::hash, "<ss:s>"));
        frame.bind("random", Jsonata.function("random", StepFunctionsJsonata::random, "<n?:n>"));
        frame.bind("uuid", Jsonata.function("uuid", () -> UUID.randomUUID().toString(), "<:s>"));
        frame.bind("parse", Jsonata.function("parse", StepFunctionsJsonata::parse, "<s:x>"));
    }

    private static List<List<Object>> partition(List<Object> array, Number size) {
        List<List<Object>> parts = new ArrayList<>();
        for (int from = 0; from < array.size(); from += size.intValue()) {
            parts.add(new ArrayList<>(array.subList(from, Math.min(array.size(), from + size.intValue()))));
        }
        return parts;
    }

    private static List<Object> range(Number from, Number to, Number step) {
        List<Object> numbers = new ArrayList<>();
        for (long n = from.longValue();
                step.longValue() > 0 ? n <= to.longValue() : n >= to.longValue();
                n += step.longValue()) {
            numbers.add(n);
        }
        return numbers;
    }

    private static String hash(String text, String algorithm) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw StateFailure.query("$hash does not know the algorithm " + algorithm + ".");
        }
    }

    private static Double random(Number seed) {
        return seed == null ? ThreadLocalRandom.current().nextDouble() : new Random(seed.longValue()).nextDouble();
    }

    private static Object parse(String json) {
        try {
            return Values.variable(dev.lifeboat.contract.Json.mapper().readTree(json));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw StateFailure.query("$parse: " + e.getOriginalMessage());
        }
    }
}
