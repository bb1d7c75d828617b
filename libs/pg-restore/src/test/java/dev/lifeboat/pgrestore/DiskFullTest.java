package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lifeboat.pgrestore.RestoreException.Kind;
import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The server's disk is full in the middle of a restore: it ends clearly, nothing half restored goes live, and with room it goes on. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class DiskFullTest {
    @TempDir
    private static Path directory;

    @Test
    void aTablespaceThatIsFullEndsCopyAndThenAnIndexUntilThereIsRoom(RealPostgres postgres) {
        try (SmallDisk disk = SmallDisk.mount(postgres, 40)) {
            postgres.psql("postgres", "CREATE TABLESPACE small LOCATION '" + disk.path() + "'");
            Dump dump = dump(postgres);
            postgres.psql("postgres", "CREATE DATABASE full_up");
            postgres.psql("full_up", "CREATE TABLE public.lost AS SELECT 1 AS id");
            Recovery recovery = Recovery.of(postgres, dump, "full_up", "full_up_r");
            recovery.prepare();

            disk.leave(2);
            assertDiskFull(recovery::restoreShards, "Loading entry [0-9]+ TABLE DATA public\\.big");
            assertNotSwappedIn(postgres, recovery);
            disk.makeRoom();
            recovery.restoreShards();

            disk.leave(1);
            assertDiskFull(recovery::finish, "Replaying entry [0-9]+ INDEX public\\.big_index");
            assertNotSwappedIn(postgres, recovery);
            disk.makeRoom();
            assertThat(recovery.finish().finished()).isTrue();

            assertThat(recovery.check().mismatches()).isEmpty();
            recovery.cutOver("incident");
            assertThat(rows(postgres, "big")).isEqualTo("40000");
            postgres.psql("postgres", "DROP DATABASE full_up");
            postgres.psql("postgres", "DROP TABLESPACE small");
        }
    }

    /** About 6 MB of rows and 5 MB of index, in the tablespace when it is restored. */
    private static Dump dump(RealPostgres postgres) {
        String source = postgres.createDatabase();
        postgres.psql(source, """
                CREATE TABLE public.big (id int, note text) TABLESPACE small;
                INSERT INTO public.big SELECT i, repeat(md5(i::text), 4) FROM generate_series(1, 40000) i;
                CREATE INDEX big_index ON public.big (note) TABLESPACE small;
                """);
        Dump dump = Dump.of(postgres, source, directory);
        postgres.psql("postgres", "DROP DATABASE " + source);
        postgres.psql("postgres", "CHECKPOINT"); // which removes its files
        return dump;
    }

    private static void assertDiskFull(ThrowingCallable step, String where) {
        assertThatThrownBy(step)
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageMatching(
                        "(?s)" + where + " failed: ERROR: could not extend file .*: No space left on device.*"
                                + " \\(SQLSTATE 53100\\) at: .* HINT: Make room on PostgreSQL's volume, then try again\\.");
    }

    private static void assertNotSwappedIn(RealPostgres postgres, Recovery recovery) {
        assertThatThrownBy(() -> recovery.cutOver("incident"))
                .isInstanceOfSatisfying(
                        RestoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED));
        assertThat(rows(postgres, "lost")).isEqualTo("1");
    }

    private static String rows(RealPostgres postgres, String table) {
        return postgres.run("psql", "--no-psqlrc", "-Atc", "SELECT count(*) FROM public." + table, "full_up")
                .orFail()
                .output()
                .strip();
    }
}
