package dev.lifeboat.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ChildProcessTest {
    /** Started as a process of its own by the test below. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            ChildProcess child = ChildProcess.start(new ProcessBuilder(List.of("sleep", "600")), line -> {});
            System.out.println(child.pid());
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }

    @Test
    void aChildDoesNotOutliveItsParentEvenWhenThatIsKilled() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv of util-linux is not there");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectErrorStream(true)
                .start();
        try (var out = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            long child = Long.parseLong(out.readLine());
            assertThat(ProcessHandle.of(child)).isPresent();

            parent.destroyForcibly().waitFor();

            ProcessHandle.of(child)
                    .ifPresent(handle ->
                            handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
            assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false))
                    .isFalse();
        }
    }

    @Test
    void closingKillsTheProcessAndTellsItsExit() {
        ChildProcess child = ChildProcess.start(new ProcessBuilder(List.of("sleep", "600")), line -> {});
        var exit = child.onExit();

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(exit.join()).isEqualTo(137);
    }
}
