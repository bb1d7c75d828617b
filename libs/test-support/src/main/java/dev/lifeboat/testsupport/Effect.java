package dev.lifeboat.testsupport;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.function.Executable;

/**
 * What one step does to a target, as a row of {@code docs/effects.md} says it. The models of the explorer and the functions are each held to the
 * same rows, and so to each other.
 *
 * @param step the function's action
 * @param finds the facts of the target that are not as usual
 * @param leaves the same facts afterwards
 * @param refusal the simple name of the error by which the step refuses and changes nothing; empty when it does its work
 */
public record Effect(String step, Map<String, String> finds, Map<String, String> leaves, String refusal) {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z-]+)` \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern REFUSAL = Pattern.compile("refused: `(\\w+)`");
    private static final String NOTHING = "the same";

    /**
     * Reads the rows of one table.
     *
     * @param root the repository
     * @param heading of the table's section
     * @throws IllegalStateException naming a row that cannot be read
     */
    public static List<Effect> of(Path root, String heading) {
        List<Effect> rows = new ArrayList<>();
        boolean inside = false;
        for (String line : lines(root.resolve("docs/effects.md"))) {
            if (line.startsWith("#")) {
                inside = line.equals("## " + heading);
            }
            if (inside && line.startsWith("| `")) {
                rows.add(row(line));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalStateException("docs/effects.md has no table in a section '" + heading + "'.");
        }
        return rows;
    }

    private static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + page, e);
        }
    }

    private static Effect row(String line) {
        Matcher row = ROW.matcher(line);
        if (!row.matches()) {
            throw new IllegalStateException("A row of docs/effects.md is not | `step` | finds | leaves |: " + line);
        }
        Map<String, String> finds = facts(row.group(2), line);
        Matcher refusal = REFUSAL.matcher(row.group(3));
        if (refusal.matches()) {
            return new Effect(row.group(1), finds, finds, refusal.group(1));
        }
        Map<String, String> leaves = new TreeMap<>(finds);
        if (!row.group(3).equals(NOTHING)) {
            leaves.putAll(facts(row.group(3), line));
        }
        return new Effect(row.group(1), finds, leaves, "");
    }

    private static Map<String, String> facts(String cell, String line) {
        Map<String, String> facts = new TreeMap<>();
        for (String fact : cell.split(", ", -1)) {
            String[] words = fact.strip().split(" ", 2);
            if (words.length != 2 || facts.put(words[0], words[1]) != null) {
                throw new IllegalStateException("'" + fact + "' is no fact and its value, in docs/effects.md: " + line);
            }
        }
        return facts;
    }

    /** What a fact is before. */
    public String found(String fact, String usually) {
        return finds.getOrDefault(fact, usually);
    }

    /**
     * What was found or left, without what is as usual.
     *
     * @param facts each with its value
     * @param usual the values that are not told
     */
    public static Map<String, String> unusual(Map<String, String> facts, Map<String, String> usual) {
        Map<String, String> told = new TreeMap<>(facts);
        told.entrySet().removeIf(fact -> fact.getValue().equals(usual.get(fact.getKey())));
        return told;
    }

    /**
     * Holds a step to the row.
     *
     * @param usual the values that the table does not tell
     * @param facts what there is, without what is as usual
     * @param act the step
     */
    public void hold(Map<String, String> usual, Supplier<Map<String, String>> facts, Executable act) {
        assertEquals(unusual(finds, usual), facts.get(), "before");
        if (refusal.isEmpty()) {
            assertDoesNotThrow(act);
        } else {
            assertEquals(refusal, assertThrows(Throwable.class, act).getClass().getSimpleName());
        }
        assertEquals(unusual(leaves, usual), facts.get(), "after");
    }

    @Override
    public String toString() {
        return step + " finds " + finds + " and " + (refusal.isEmpty() ? "leaves " + leaves : "refuses by " + refusal);
    }
}
