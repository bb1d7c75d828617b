package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Security labels, which a module that the server has loaded must know. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class SecurityLabelTest {
    private static final String LABELLED = """
            CREATE TABLE t (a int, b text);
            CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
            SELECT lo_create(5151);
            """;

    @TempDir
    private static Path directory;

    @Test
    void aProviderThatIsNotLoadedIsNamedBeforeAnythingIsBuilt(RealPostgres postgres) {
        String source = postgres.createDatabase();
        // What a server that had it loaded would have written.
        postgres.psql(source, LABELLED + """
                INSERT INTO pg_seclabel VALUES ('t'::regclass, 'pg_class'::regclass, 0, 'vault', 'secret'),
                    ('t'::regclass, 'pg_class'::regclass, 2, 'strong room', 'top secret');
                """);
        Dump dump = Dump.of(postgres, source, directory);

        assertThatThrownBy(
                        () -> Recovery.of(postgres, dump, source, source + "_r").prepare())
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(RestoreException.Kind.REFUSED))
                .hasMessage("The server can't hold the dump of database " + source
                        + ": security label providers not loaded: strong room, vault. HINT: Give the server what it lacks,"
                        + " then try again; nothing was changed in the live database.");
        assertThatThrownBy(() -> postgres.connect(source + "_r")).hasMessageContaining("does not exist");
    }

    @Test
    void theyAreRestoredAsPgRestoreDoesWhereTheProviderIsLoaded(RealPostgres postgres) throws Exception {
        Path module = compile(postgres);
        postgres.psql("postgres", "ALTER ROLE postgres SET session_preload_libraries = '" + module + "'");
        try {
            String source = postgres.createDatabase();
            postgres.psql(source, LABELLED + """
                    SECURITY LABEL FOR vault ON TABLE t IS 'secret';
                    SECURITY LABEL FOR vault ON COLUMN t.b IS 'top ''secret''';
                    SECURITY LABEL FOR vault ON FUNCTION f(int) IS 'known';
                    SECURITY LABEL FOR vault ON LARGE OBJECT 5151 IS 'large';
                    SECURITY LABEL FOR vault ON SCHEMA public IS 'open';
                    """);
            postgres.psql("postgres", "SECURITY LABEL FOR vault ON DATABASE " + source + " IS 'closed'");
            Dump dump = Dump.of(postgres, source, directory);
            String before = contents(postgres, source);
            assertThat(before.lines().filter(line -> line.startsWith("SECURITY LABEL")))
                    .hasSize(6);
            postgres.psql("postgres", "DROP DATABASE " + source);

            Recovery recovery = Recovery.of(postgres, dump, source, source + "_r");
            assertThat(recovery.restore().mismatches()).isEmpty();
            recovery.cutOver("incident");

            assertThat(contents(postgres, source)).isEqualTo(before);
            postgres.psql("postgres", "DROP DATABASE " + source);
            postgres.run(
                            "pg_restore",
                            "--exit-on-error",
                            "--create",
                            "--dbname=postgres",
                            dump.file().toString())
                    .orFail();
            assertThat(contents(postgres, source)).isEqualTo(before);
        } finally {
            postgres.psql("postgres", "ALTER ROLE postgres RESET session_preload_libraries");
        }
    }

    private static String contents(RealPostgres postgres, String database) {
        return postgres.run("pg_dump", "--create", database)
                .orFail()
                .output()
                .replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }

    /** Where the server's user may read it. */
    private static Path compile(RealPostgres postgres) throws IOException, InterruptedException {
        Path folder = Files.createDirectory(postgres.dataDirectory().resolveSibling("module"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path source = Files.writeString(folder.resolve("label_provider.c"), Resources.text("label_provider.c"));
        Path module = folder.resolve("label_provider.so");
        String version = postgres.run("psql", "-XAtc", "SHOW server_version_num", "postgres")
                .orFail()
                .output()
                .strip();
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc",
                            "-shared",
                            "-fPIC",
                            "-DVERSION=" + version,
                            "-o",
                            module.toString(),
                            source.toString())
                    .inheritIO()
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "a C compiler is needed to make a provider of security labels: " + e.getMessage());
            throw e;
        }
        assertThat(compiler.waitFor()).as("cc").isZero();
        return module;
    }
}
