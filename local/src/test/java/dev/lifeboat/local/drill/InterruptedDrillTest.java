package dev.lifeboat.local.drill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifeboat.local.cli.Lifeboat;
import dev.lifeboat.testsupport.AwsCommandLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a recovery: a JVM of its own plays the drill, and gets the signal that a terminal sends. */
class InterruptedDrillTest {
    @TempDir
    Path output;

    @Test
    void ctrlCLeavesNeitherAProcessNorAPortBehind() throws Exception {
        Path root = Path.of(System.getProperty("lifeboat.root"));
        assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "processes and ports are looked up in /proc");
        assumeTrue(
                Files.exists(root.resolve("functions/restore-orchestrator/target/function.zip")),
                "the functions are not built: run mvn verify, not mvn test");
        AwsCommandLine.require();
        Process drill = start(root);
        try (var out = new BufferedReader(new InputStreamReader(drill.getInputStream(), UTF_8))) {
            String text = readUntil(out, "DISASTER: ");
            Set<ProcessHandle> started = drill.descendants().collect(toSet());
            Set<String> ports = Stream.concat(Stream.of(drill.toHandle()), started.stream())
                    .flatMap(process -> sockets(process.pid()))
                    .filter(socket -> listening().anyMatch(socket::equals))
                    .collect(toSet());
            assertThat(started).as(text).hasSizeGreaterThan(5);
            assertThat(ports).as(text).hasSizeGreaterThan(3);

            assertThat(new ProcessBuilder("kill", "-INT", Long.toString(drill.pid()))
                            .start()
                            .waitFor())
                    .isZero();

            assertThat(out.lines().toList().toString()).contains("interrupted: ending every process");
            assertThat(drill.waitFor(60, TimeUnit.SECONDS)).isTrue();
            // 128 and the signal's number, as a shell expects it.
            assertThat(drill.exitValue()).isEqualTo(130);
            for (ProcessHandle process : started) {
                process.onExit().get(10, TimeUnit.SECONDS);
            }
            assertThat(commandLines().filter(line -> line.contains(output.toString())))
                    .isEmpty();
            assertThat(listening().filter(ports::contains)).isEmpty();
        } finally {
            drill.destroyForcibly();
        }
    }

    private Process start(Path root) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dlifeboat.root=" + root,
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Lifeboat.class.getName(),
                        "drill",
                        "--rows=2000",
                        "--speed=20",
                        "--plain",
                        "--output=" + output)
                .redirectErrorStream(true)
                .start();
    }

    private static String readUntil(BufferedReader out, String mark) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            text.append(line).append('\n');
            if (line.contains(mark)) {
                return text.toString();
            }
        }
        throw new AssertionError("The drill ended before " + mark + ": " + text);
    }

    /** The inodes of a process's sockets. */
    private static Stream<String> sockets(long pid) {
        return list(Path.of("/proc/" + pid + "/fd"))
                .map(InterruptedDrillTest::target)
                .filter(target -> target.startsWith("socket:["))
                .map(target -> target.substring("socket:[".length(), target.length() - 1));
    }

    /** The inodes of sockets that listen, by proc(5): the fourth field is 0A, the tenth the inode. */
    private static Stream<String> listening() {
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(Path::of)
                .flatMap(InterruptedDrillTest::lines)
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields.length > 9 && fields[3].equals("0A"))
                .map(fields -> fields[9]);
    }

    private static Stream<String> commandLines() {
        return list(Path.of("/proc"))
                .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                .flatMap(path -> lines(path.resolve("cmdline")));
    }

    private static Stream<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream();
        } catch (IOException | UncheckedIOException e) {
            return Stream.empty(); // the process is gone
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.readString(file, UTF_8).lines();
        } catch (IOException e) {
            return Stream.empty(); // likewise
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
