package dev.lifeboat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./lifeboat} in a checkout that is not built, with a Maven that prints what the test says. */
class LauncherTest {
    private static final Path ROOT = Path.of(System.getProperty("lifeboat.root"));

    @TempDir
    Path directory;

    @BeforeEach
    void makeCheckout() throws IOException {
        Files.copy(ROOT.resolve("lifeboat"), directory.resolve("lifeboat"));
        Files.createFile(directory.resolve("pom.xml"));
        for (String folder : new String[] {"local/target", "libs", "functions", "bin"}) {
            Files.createDirectories(directory.resolve(folder));
        }
        program(
                "java",
                "case $* in *-version) echo '    java.specification.version = 17' >&2 ;; *) echo \"ran $*\" ;; esac");
    }

    @Test
    void whatMavenSaysIsShownWithoutCodesForATerminal() throws Exception {
        program(
                "mvn",
                "printf '\\033[0m\\033[0m'; printf '\\033[1;31m[WARN]\\033[m one\\ntwo\\n' >&2; printf '\\033[0m'");

        assertThat(run("verify", "x.dump")).isZero();

        assertThat(read("err"))
                .isEqualTo(
                        "lifeboat: building (the first time takes some minutes): mvn -q -B -DskipTests package\n[WARN] one\ntwo\n");
        assertThat(read("out")).startsWith("ran ").endsWith(" dev.lifeboat.local.cli.Lifeboat verify x.dump\n");
    }

    @Test
    void aBuildThatFailsEndsIt() throws Exception {
        program("mvn", "echo '[ERROR] broken'; exit 1");

        assertThat(run("verify", "x.dump")).isEqualTo(3);

        assertThat(read("err"))
                .endsWith(
                        "[ERROR] broken\nlifeboat: the build failed; see above. HINT: Correct it, or run: mvn -B -DskipTests package\n");
        assertThat(read("out")).isEmpty();
    }

    private void program(String name, String body) throws IOException {
        Path file = directory.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/bash\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int run(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 2];
        command[0] = "bash";
        command[1] = directory.resolve("lifeboat").toString();
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().put("PATH", directory.resolve("bin") + File.pathSeparator + System.getenv("PATH"));
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }
}
