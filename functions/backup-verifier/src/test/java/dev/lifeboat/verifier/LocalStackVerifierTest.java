package dev.lifeboat.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.testsupport.NeedsDocker;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RealPostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** The verifier against an S3 that nobody here wrote or chose for the other tests. */
@NeedsDocker
@ExtendWith(RealPostgresExtension.class)
final class LocalStackVerifierTest {
    private static final String BACKUP = "recent/backup_20261123_023000";

    private static LocalStackContainer localStack;

    @BeforeAll
    static void start() {
        localStack = new LocalStackContainer(DockerImageName.parse("localstack/localstack:4.9"))
                .withServices(LocalStackContainer.Service.S3);
        localStack.start();
    }

    @AfterAll
    static void stop() {
        localStack.stop();
    }

    @Test
    void verifiesASoundBackupAndFindsADamagedOne(RealPostgres postgres, @TempDir Path directory) throws IOException {
        postgres.psql("postgres", "CREATE DATABASE app");
        postgres.psql("app", "CREATE TABLE users AS SELECT i AS id FROM generate_series(1, 1000) i");
        Path file = directory.resolve("app.dump");
        postgres.run("pg_dump", "--format=custom", "--file=" + file, "app").orFail();
        byte[] dump = Files.readAllBytes(file);
        List<TableCount> tables = List.of(new TableCount("public", "users", 1000));
        try (TestingBackups backups = new TestingBackups(localStack.getEndpoint())) {
            backups.put(BACKUP, dump, tables);
            assertThat(backups.verify(BACKUP).verdicts().get(0).status()).isEqualTo(VerdictStatus.VERIFIED);

            backups.put(BACKUP, dump, List.of(new TableCount("public", "users", 1001)));
            assertThat(backups.verify(BACKUP).verdicts().get(0).status()).isEqualTo(VerdictStatus.CORRUPT);
        }
    }
}
