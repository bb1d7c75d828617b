package dev.lifeboat.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a person types and reads. */
@ExtendWith(RealPostgresExtension.class)
class LifeboatTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory;

    @Test
    void helpsWithEveryCommand() {
        assertThat(run()).isZero();
        assertThat(out.toString())
                .contains("drill", "verify", "restore", "invoke", "explore", "Exit codes: 0 all held");
        for (String command : new String[] {"drill", "verify", "restore", "invoke", "explore"}) {
            out.getBuffer().setLength(0);
            assertThat(run(command, "--help")).isZero();
            assertThat(out.toString()).startsWith("Usage: lifeboat " + command).contains("Exit codes: 0");
        }
    }

    @Test
    void refusesAnUnknownCommandAndOption() {
        assertThat(run("rescue")).isEqualTo(Lifeboat.USAGE);
        assertThat(err.toString()).contains("Unmatched argument at index 0: 'rescue'");
        assertThat(run("drill", "--fast")).isEqualTo(Lifeboat.USAGE);
    }

    @Test
    void refusesDrillsThatMakeNoSense() {
        assertThat(run("drill", "--rows", "10")).isEqualTo(Lifeboat.USAGE);
        assertThat(err.toString()).startsWith("--rows must be 1000 or more");
        assertThat(run("drill", "--scenario", "monthly", "--corrupt-newest")).isEqualTo(Lifeboat.USAGE);
        assertThat(run("drill", "--scenario", "earthquake")).isEqualTo(Lifeboat.USAGE);
        assertThat(run("drill", "--lose", "nodes")).isEqualTo(Lifeboat.USAGE);
        assertThat(run("drill", "--scenario", "cluster", "--lose", "hope")).isEqualTo(Lifeboat.USAGE);
        assertThat(run("drill", "--scenario", "cluster", "--speed", "20", "--eks-speed", "10"))
                .isEqualTo(Lifeboat.USAGE);
        err.getBuffer().setLength(0);
        assertThat(run("drill", "--dump", "/no/such.dump")).isEqualTo(Lifeboat.UNABLE);
        assertThat(err.toString().strip())
                .isEqualTo("lifeboat: There is no file '/no/such.dump'. HINT: Check the path given to --dump.");
    }

    @Test
    void refusesAtOnceWhatADrillCannotLoad() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("dump.d"));
        assertThat(refusedDump(folder))
                .isEqualTo(
                        "' is not a file, expected pg_dump's custom format (-Fc), or plain SQL. HINT: Give --dump the dump itself.");
        Files.createFile(folder.resolve("toc.dat"));
        assertThat(refusedDump(folder)).contains("HINT: It is a dump in directory format: ");
        Path zipped = directory.resolve("dump.sql.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("SELECT 1;".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(refusedDump(zipped))
                .isEqualTo(
                        "' is compressed by gzip, expected pg_dump's custom format (-Fc), or plain SQL. HINT: Unpack it: gunzip --keep '"
                                + zipped + "'.");
        assertThat(refusedDump(Files.write(directory.resolve("dump.tar"), new byte[512])))
                .contains("' is no text, expected ");
        assertThat(refusedDump(Files.createFile(directory.resolve("nothing.sql"))))
                .contains("' is empty, expected ");
    }

    /** The message after the file's name. */
    private String refusedDump(Path dump) {
        err.getBuffer().setLength(0);
        assertThat(run("drill", "--dump", dump.toString())).isEqualTo(Lifeboat.UNABLE);
        String message = err.toString().strip();
        assertThat(message).startsWith("lifeboat: '" + dump).hasLineCount(1);
        return message.substring(("lifeboat: '" + dump).length());
    }

    @Test
    void refusesAnEventThatIsNoJson() throws IOException {
        Path event = Files.writeString(directory.resolve("event.json"), "{");
        assertThat(run("invoke", "Probe", event.toString())).isEqualTo(Lifeboat.UNABLE);
        assertThat(err.toString())
                .startsWith("lifeboat: '" + event + "' is not JSON: ")
                .endsWith(" HINT: Correct the event." + System.lineSeparator());
    }

    @Test
    void printsWhatIsInADump(RealPostgres postgres) throws Exception {
        Path dump = dump(postgres);
        assertThat(run("verify", dump.toString())).isZero();
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(dump)));
        assertThat(out.toString())
                .contains("sha256      " + sha256)
                .contains("format      custom 1.14, gzip")
                .contains("1  TABLE DATA")
                .contains("tables      1 with 1,000 rows")
                .containsPattern(" 1,000  [0-9a-f]{32}  public.numbers\n")
                .contains("SOUND: every entry, block and row was read.");
    }

    @Test
    void saysWhereADumpIsDamaged(RealPostgres postgres) throws Exception {
        Path dump = dump(postgres);
        byte[] bytes = Files.readAllBytes(dump);
        Path cut = Files.write(directory.resolve("cut.dump"), Arrays.copyOf(bytes, bytes.length - 100));
        assertThat(run("verify", cut.toString())).isEqualTo(Lifeboat.FAILED);
        assertThat(out.toString())
                .contains("DAMAGED: do not restore from it.")
                .contains("  - Archive '" + cut + "' is truncated at byte ");
        bytes[bytes.length - 1000] ^= 1;
        Path flipped = Files.write(directory.resolve("flipped.dump"), bytes);
        assertThat(run("verify", flipped.toString())).isEqualTo(Lifeboat.FAILED);
    }

    @Test
    void verifiesADumpInDirectoryFormat(RealPostgres postgres) throws Exception {
        Path dump = directory.resolve("numbers.d");
        postgres.run("pg_dump", "-Fd", "-f", dump.toString(), "-d", numbers(postgres))
                .orFail();

        assertThat(run("verify", dump.toString())).isZero();
        assertThat(out.toString())
                .contains("format      directory 1.14, gzip")
                .containsPattern(" 1,000  [0-9a-f]{32}  public.numbers\n")
                .contains("SOUND: every entry, block and row was read.")
                .doesNotContain("sha256");

        Files.writeString(dump.resolve("1.dat"), "stray");
        assertThat(run("verify", dump.toString())).isEqualTo(Lifeboat.FAILED);
        assertThat(out.toString())
                .contains("  - Archive '" + dump.resolve("1.dat") + "' is corrupt at byte 0 (file): ");
        assertThat(run("verify", dump.toString(), "--manifest", "any.json")).isEqualTo(Lifeboat.USAGE);
        assertThat(err.toString()).startsWith("--manifest is of a dump that is one file, and '");
    }

    @Test
    void verifiesAPlainDump(RealPostgres postgres) throws Exception {
        Path dump = directory.resolve("numbers");
        String database = numbers(postgres);
        postgres.run("pg_dump", "-f", dump.toString(), database).orFail();

        assertThat(run("verify", dump.toString())).isZero();
        assertThat(out.toString())
                .contains("format      plain none, none")
                .contains("database    not named\n")
                .containsPattern(" 1,000  [0-9a-f]{32}  public.numbers\n")
                .contains("SOUND: every entry, block and row was read.");

        byte[] bytes = Files.readAllBytes(dump);
        Files.write(dump, Arrays.copyOf(bytes, bytes.length - 100));
        assertThat(run("verify", dump.toString())).isEqualTo(Lifeboat.FAILED);
        assertThat(out.toString()).contains("DAMAGED: do not restore from it.");
    }

    @Test
    void refusesWhatIsNoDump() throws IOException {
        assertThat(run("verify", "/no/such.dump")).isEqualTo(Lifeboat.UNABLE);
        assertThat(err.toString().strip())
                .isEqualTo("lifeboat: There is no file '/no/such.dump'. HINT: Check the path.");
        err.getBuffer().setLength(0);
        assertThat(run("verify", directory.toString())).isEqualTo(Lifeboat.UNABLE);
        assertThat(err.toString().strip())
                .isEqualTo("lifeboat: '" + directory
                        + "' has no file 'toc.dat': it is no dump in directory format. HINT: Name the dump itself.");
        Path text = Files.writeString(directory.resolve("notes.txt"), "nothing of the kind");
        assertThat(run("verify", text.toString())).isEqualTo(Lifeboat.FAILED);
        assertThat(out.toString()).contains("DAMAGED: do not restore from it.");
    }

    private Path dump(RealPostgres postgres) throws Exception {
        Path dump = directory.resolve("numbers.dump");
        postgres.run("pg_dump", "-Fc", "-f", dump.toString(), "-d", numbers(postgres));
        return dump;
    }

    /** A database with 1,000 rows in one table. */
    private static String numbers(RealPostgres postgres) throws Exception {
        String database = postgres.createDatabase();
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers AS SELECT n, md5(n::text) FROM generate_series(1, 1000) n");
        }
        return database;
    }

    private int run(String... arguments) {
        CommandLine commandLine = Lifeboat.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
