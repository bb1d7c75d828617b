package dev.lifeboat.pgrestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.testsupport.LeakCheck;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A backend dies at any instant of any step; the step is called again; the recovery ends well. */
@ExtendWith({RealPostgresExtension.class, LeakCheck.class})
class CrashTest {
    private static final String INCIDENT = "crash";
    /** More take longer and find more: {@code -Dlifeboat.crashes=100 -Dlifeboat.seed=7}. */
    private static final int CRASHES = Integer.getInteger("lifeboat.crashes", 12);

    private static final long SEED = Long.getLong("lifeboat.seed", 20261123);
    private static final int ATTEMPTS = 3;

    @TempDir
    private static Path directory;

    private static String source;
    private static Dump dump;

    @BeforeAll
    static void dump(RealPostgres postgres) {
        postgres.psql("postgres", Resources.text("roles.sql"));
        source = postgres.createDatabase();
        postgres.psql(source, Resources.text("small.sql"));
        postgres.psql("postgres", "ALTER DATABASE " + source + " SET work_mem TO '5MB'");
        dump = Dump.of(postgres, source, directory);
    }

    @Test
    void theRecoveryEndsWellWhicheverInstantABackendDiesAt(RealPostgres postgres) {
        int instants = recover(postgres, "crash0", new FaultyDatabases(postgres, 0));
        assertThat(instants).isGreaterThan(300);
        Random random = new Random(SEED);
        for (int crash = 1; crash <= CRASHES; crash++) {
            // One from each part of the whole, so that no step is left out.
            int fatal = (crash - 1) * instants / CRASHES + 1 + random.nextInt(instants / CRASHES);
            recover(postgres, "crash" + crash, new FaultyDatabases(postgres, fatal));
        }
    }

    private static int recover(RealPostgres postgres, String live, FaultyDatabases databases) {
        postgres.run("createdb", "--template=" + source, live).orFail();
        postgres.psql(live, "DELETE FROM public.stamps");
        Recovery recovery = new Recovery(databases, dump, new RestoreTarget(live, live, live + "_r", 1, true));
        retrying(() -> {
            recovery.prepare();
            return null;
        });
        for (Shard shard : recovery.plan().shards()) {
            retrying(() -> recovery.restoreShard(shard));
        }
        assertThat(retrying(recovery::finish).finished()).isTrue();
        assertThat(retrying(recovery::check).mismatches()).as(live).isEmpty();
        CutOverResult result = retrying(() -> recovery.cutOver(INCIDENT));

        assertThat(result.quarantine()).startsWith(live + "_quarantine_");
        assertThat(contents(postgres, live)).as(live).isEqualTo(contents(postgres, source));
        int instants = databases.instants();
        new DatabaseRestore(postgres::connect, null, new RestoreTarget(live, live, live + "_r", 1, true)).dropDrill();
        return instants;
    }

    private static <T> T retrying(Supplier<T> step) {
        for (int attempt = 1; ; attempt++) {
            try {
                return step.get();
            } catch (RestoreException e) {
                assertThat(e.kind()).as(e.getMessage()).isEqualTo(RestoreException.Kind.UNAVAILABLE);
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static String contents(RealPostgres postgres, String database) {
        return postgres.run("pg_dump", database).orFail().output().replaceAll("(?m)^\\\\(un)?restrict .*$", "");
    }
}
