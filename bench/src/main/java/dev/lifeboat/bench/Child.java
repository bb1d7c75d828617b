package dev.lifeboat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A process that is measured from its start to its end.
 *
 * @param seconds how long it lived
 * @param steps what it said of itself, in lines of a name, a tab and a number
 */
record Child(double seconds, Map<String, Double> steps) {
    /** What a function of at most 96 MB of heap runs with; Lambda too has the serial collector below two cores. */
    static final List<String> JVM_OPTIONS = List.of("-Xmx96m", "-XX:+UseSerialGC");

    /** The first JVM that can itself make and refresh an archive of its classes. */
    private static final int CLASS_ARCHIVES = 19;

    /** The first JVM whose archive also holds what its compilers had learnt, in one step (JEP 514 and 515). */
    private static final int AOT_CACHES = 25;

    static Child run(Map<String, String> environment, List<String> command) {
        try {
            Path output = Files.createTempFile("bench", ".out");
            output.toFile().deleteOnExit(); // when the run is ended from outside
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment().putAll(environment);
                long start = System.nanoTime();
                int exit = builder.start().waitFor();
                double seconds = (System.nanoTime() - start) / 1e9;
                String said = Files.readString(output, StandardCharsets.UTF_8);
                if (exit != 0) {
                    throw new IllegalStateException(command + " ended with " + exit + ":\n" + said);
                }
                return new Child(seconds, steps(said));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot run " + command.get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + command.get(0) + " ran", e);
        }
    }

    /** Runs a main class of this class path in a JVM of its own. */
    static Child java(Class<?> main, Map<String, String> environment, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return run(environment, command);
    }

    /**
     * The options of a JVM that begins with the classes, and the profiles, of an archive that an earlier one left: the nearest thing to a function's
     * snapshot that a process has.
     */
    static List<String> likeSnapshot(Class<?> main, Path directory) {
        List<String> options = new ArrayList<>(JVM_OPTIONS);
        if (Runtime.version().feature() >= AOT_CACHES) {
            Path cache = directory.resolve(main.getSimpleName() + ".aot");
            options.add((Files.exists(cache) ? "-XX:AOTCache=" : "-XX:AOTCacheOutput=") + cache);
        } else if (Runtime.version().feature() >= CLASS_ARCHIVES) {
            options.add("-XX:+AutoCreateSharedArchive");
            options.add("-XX:SharedArchiveFile=" + directory.resolve(main.getSimpleName() + ".jsa"));
        }
        return options;
    }

    private static Map<String, Double> steps(String said) {
        Map<String, Double> steps = new LinkedHashMap<>();
        said.lines()
                .map(line -> line.split("\t", -1))
                .filter(parts -> parts.length == 2)
                .forEach(parts -> steps.put(parts[0], Double.valueOf(parts[1])));
        return steps;
    }
}
