package dev.lifeboat.local.scripts;

import dev.lifeboat.testsupport.RealPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of the repository's scripts, run as a pod would run it: with nothing but its own environment. */
final class Script {
    static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    private final Path file;
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** @param directory for what it prints; a new one for each test */
    Script(String path, Path directory) {
        this.file = ROOT.resolve(path);
        this.directory = directory;
        environment.put("PATH", System.getenv("PATH"));
        environment.put("HOME", System.getenv("HOME"));
        // The pod's /tmp.
        environment.put("TMPDIR", directory.toString());
    }

    /** A backup or restore of a database of this server, with this bucket. */
    static Script of(String path, Path directory, RealPostgres postgres, String database, LocalS3 s3) {
        return new Script(path, directory)
                .with(postgres.environment())
                .with("PGDATABASE", database)
                .with("PG_BIN", postgres.bin().toString())
                .with(s3.environment());
    }

    Script with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Script with(Map<String, String> values) {
        environment.putAll(values);
        return this;
    }

    Script without(String... names) {
        for (String name : names) {
            environment.remove(name);
        }
        return this;
    }

    /** Puts a program in front of all others of its name; {@code $REAL} is the directory of the real one. */
    Script replacing(String program, String body) {
        try {
            Path bin = Files.createDirectories(directory.resolve("replaced"));
            Path script = bin.resolve(program);
            Files.writeString(script, "#!/bin/bash\n" + body + "\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            String real = environment.getOrDefault("REAL", environment.get("PG_BIN"));
            return with("REAL", real)
                    .with("PG_BIN", bin.toString())
                    .with("PATH", real + File.pathSeparator + System.getenv("PATH"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    Ended run(String... arguments) {
        return run(List.of("bash", file.toString()), arguments);
    }

    /** The same, with no file allowed to grow beyond this many KiB. */
    Ended runWithFilesUpTo(int kibibytes, String... arguments) {
        return run(
                List.of("bash", "-c", "ulimit -f " + kibibytes + "; exec bash \"$0\" \"$@\"", file.toString()),
                arguments);
    }

    private Ended run(List<String> command, String... arguments) {
        return await(start(command, arguments));
    }

    Process start(String... arguments) {
        return start(List.of("bash", file.toString()), arguments);
    }

    private Process start(List<String> command, String... arguments) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ended await(Process process) {
        try {
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        file + " still runs after 120 s: " + Files.readString(directory.resolve("err")));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(directory.resolve("out"), StandardCharsets.UTF_8),
                    Files.readString(directory.resolve("err"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /**
     * How it ended.
     *
     * @param code its exit code
     * @param output what it printed
     * @param errors what it complained of
     */
    record Ended(int code, String output, String errors) {
        Ended orFail() {
            if (code != 0) {
                throw new AssertionError("The script ended with " + code + ": " + errors);
            }
            return this;
        }
    }
}
