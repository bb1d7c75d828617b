package dev.lifeboat.orchestrator.database;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.aws.S3ByteSource;
import dev.lifeboat.aws.StoredManifest;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.TableFingerprint;
import dev.lifeboat.contract.backup.Verdict;
import dev.lifeboat.contract.backup.VerdictStatus;
import dev.lifeboat.orchestrator.connection.FakePlace;
import dev.lifeboat.orchestrator.connection.TargetLogins;
import dev.lifeboat.orchestrator.pointintime.PointInTimeActions;
import dev.lifeboat.pgarchive.ArchiveVerification;
import dev.lifeboat.pgarchive.ArchiveVerifier;
import dev.lifeboat.pgarchive.DumpFormat;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.S3MockServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** A handler with all that it reaches: a bucket of its own, a cluster of PostgreSQL, verified backups. */
final class RecoveryBench {
    static final String SCHEMA = """
            CREATE TABLE users (id int PRIMARY KEY, name text NOT NULL);
            CREATE TABLE messages (id int PRIMARY KEY, author int REFERENCES users, body text);
            CREATE INDEX ON messages (author);
            INSERT INTO users SELECT i, 'user ' || i FROM generate_series(1, 200) i;
            INSERT INTO messages SELECT i, 1 + i % 200, repeat('text ', i % 9) FROM generate_series(1, 1000) i;
            """;

    private static final Instant TAKEN = Instant.parse("2026-11-23T02:00:00Z");

    final Set<String> closed = new HashSet<>();
    final FakePlace place;
    private final RealPostgres postgres;
    private final S3Client s3;
    private final String bucket = "backups-" + UUID.randomUUID();
    private final BackupCatalogue catalogue;
    private final RecoverDatabaseHandler handler;

    RecoveryBench(RealPostgres postgres, S3MockServer server) {
        this(postgres, server.endpoint());
    }

    /** @param endpoint of S3, or of what stands in front of it */
    RecoveryBench(RealPostgres postgres, URI endpoint) {
        this.postgres = postgres;
        this.place = new FakePlace(postgres.port());
        this.s3 = S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        s3.createBucket(r -> r.bucket(bucket));
        s3.putBucketVersioning(
                r -> r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
        this.catalogue = new BackupCatalogue(s3, bucket);
        TargetLogins logins = new TargetLogins(place, id -> new Credentials(postgres.superuser(), postgres.password()));
        this.handler = new RecoverDatabaseHandler(
                () -> new DatabaseServices(
                        s3,
                        bucket,
                        closed::contains,
                        place,
                        place,
                        logins,
                        target -> List.of(),
                        new PointInTimeActions.Access(secret -> null, name -> null, id -> null),
                        Clock.systemUTC()),
                (question, readiness) -> {});
    }

    /** Sends an event as Lambda does: as JSON, there and back. */
    <T> T call(DatabaseRequest request, Class<T> answer) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            handler.handleRequest(new ByteArrayInputStream(Json.write(request)), out, context());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Json.read("the answer", out.toByteArray(), answer);
    }

    void call(DatabaseRequest request) {
        call(request, Object.class);
    }

    private static Context context() {
        return (Context) Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getRemainingTimeInMillis" -> 60_000;
                    case "getAwsRequestId" -> "request-1";
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Makes a verified backup of a database, as the script and the verifier do. */
    void backUp(String database, String backupId) {
        backUp(database, backupId, ".dump", "--format=custom");
    }

    /** The same in any format of pg_dump's, with the suffix that says which. */
    void backUp(String database, String backupId, String suffix, String option) {
        try {
            Path dump = Files.createTempFile("backup", suffix);
            postgres.run("pg_dump", option, "--file=" + dump, database).orFail();
            byte[] content = Files.readAllBytes(dump);
            Files.delete(dump);
            byte[] globals = postgres.run("pg_dumpall", "--globals-only")
                    .orFail()
                    .output()
                    .getBytes(StandardCharsets.UTF_8);
            BackupManifest manifest = new BackupManifest(
                    1,
                    backupId,
                    backupId.startsWith("daily") ? BackupKind.DAILY : BackupKind.RECENT,
                    database,
                    "15",
                    "15",
                    "0/1",
                    TAKEN,
                    TAKEN,
                    TAKEN,
                    put("dumps/" + backupId + suffix, content),
                    put("dumps/" + backupId + ".globals.sql", globals),
                    null,
                    List.of());
            s3.putObject(
                    r -> r.bucket(bucket).key(BucketLayout.manifestKey(backupId)),
                    RequestBody.fromBytes(Json.write(manifest)));
            ArchiveVerification verification = DumpFormat.of(suffix)
                    .verify(
                            new S3ByteSource(s3, bucket, "dumps/" + backupId + suffix, null),
                            new ByteArrayInputStream(content),
                            ArchiveVerifier.Observer.NONE);
            judge(
                    backupId,
                    VerdictStatus.VERIFIED,
                    verification.tables().stream()
                            .map(table -> new TableFingerprint(
                                    table.entry().schema(), table.entry().name(), table.rows(), table.fingerprint()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void judge(String backupId, VerdictStatus status) {
        judge(backupId, status, List.of());
    }

    private void judge(String backupId, VerdictStatus status, List<TableFingerprint> tables) {
        StoredManifest stored =
                catalogue.manifest(BucketLayout.manifestKey(backupId)).orElseThrow();
        BackupObject dump = stored.content().dump();
        catalogue.putVerdict(new Verdict(
                1,
                backupId,
                status,
                status == VerdictStatus.VERIFIED ? List.of() : List.of("Because."),
                Instant.now(),
                bucket,
                stored.key(),
                stored.versionId(),
                dump.key(),
                dump.versionId(),
                dump.size(),
                dump.sha256(),
                1,
                tables));
    }

    private BackupObject put(String key, byte[] content) {
        String version = s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content))
                .versionId();
        String sha256 = Sha256.hex(content);
        return new BackupObject(key, version, content.length, sha256, BackupObject.PART_SIZE, List.of(sha256));
    }

    /** Every row of every table. */
    String content(String database) {
        try (Connection connection = postgres.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (SELECT string_agg(u::text, ',' ORDER BY id) FROM users u)
                            || (SELECT string_agg(m::text, ',' ORDER BY id) FROM messages m)
                            || (SELECT string_agg(indexdef, ',' ORDER BY indexname) FROM pg_indexes
                                WHERE schemaname = 'public')""")) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read " + database, e);
        }
    }

    /** The content of every lease, by its key. */
    String leases() {
        return s3.listObjectsV2(r -> r.bucket(bucket).prefix("leases/")).contents().stream()
                .map(lease -> lease.key() + " "
                        + s3.getObjectAsBytes(r -> r.bucket(bucket).key(lease.key()))
                                .asUtf8String())
                .toList()
                .toString();
    }

    List<String> databases() {
        try (Connection connection = postgres.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database ORDER BY 1")) {
            List<String> names = new ArrayList<>();
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot list the databases", e);
        }
    }
}
