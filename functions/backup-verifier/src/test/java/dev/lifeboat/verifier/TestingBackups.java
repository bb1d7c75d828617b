package dev.lifeboat.verifier;

import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.contract.Json;
import dev.lifeboat.contract.backup.BackupKind;
import dev.lifeboat.contract.backup.BackupManifest;
import dev.lifeboat.contract.backup.BackupObject;
import dev.lifeboat.contract.backup.BucketLayout;
import dev.lifeboat.contract.backup.TableCount;
import dev.lifeboat.lambda.EmbeddedMetrics;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.pgarchive.ChecksummedInputStream;
import dev.lifeboat.testsupport.TestingAwsApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** A bucket of a test's own, into which backups are put as the script does it, and the verifier before it. */
final class TestingBackups implements AutoCloseable {
    static final String MACHINE = "arn:aws:states:us-east-1:1:stateMachine:verify-large-backup";
    static final int PART_SIZE = 16_384;
    static final String DATABASE = "app";
    static final byte[] GLOBALS = "CREATE ROLE app;\n".getBytes(StandardCharsets.UTF_8);

    final String bucket;
    final S3Client s3;
    final TestingAwsApi sns = TestingAwsApi.start();
    final ByteArrayOutputStream standardOutput = new ByteArrayOutputStream();

    /** Makes a bucket. */
    TestingBackups(URI endpoint) {
        this("backups-" + UUID.randomUUID(), client(endpoint, S3Client.builder()));
        s3.createBucket(r -> r.bucket(bucket));
        s3.putBucketVersioning(
                r -> r.bucket(bucket).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    }

    private TestingBackups(String bucket, S3Client s3) {
        this.bucket = bucket;
        this.s3 = s3;
    }

    static TestingBackups existing(URI endpoint, String bucket) {
        return new TestingBackups(bucket, client(endpoint, S3Client.builder()));
    }

    static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(URI endpoint, B builder) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    BackupCatalogue catalogue() {
        return new BackupCatalogue(s3, bucket);
    }

    VerifierService verifier() {
        return verifier(s3);
    }

    VerifierService verifier(S3Client client) {
        return verifier(client, Long.MAX_VALUE);
    }

    /** @param largeBytes a backup of more is large, and cut into slices of that size */
    VerifierService verifier(S3Client client, long largeBytes) {
        return verifier(client, largeBytes, Integer.MAX_VALUE);
    }

    /** @param sliceBlocks how many data blocks one slice has at most */
    VerifierService verifier(S3Client client, long largeBytes, int sliceBlocks) {
        BackupCatalogue catalogue = new BackupCatalogue(client, bucket);
        ObjectCheck objects = new ObjectCheck(client, bucket);
        Clock clock = Clock.systemUTC();
        Verification verification = new Verification(catalogue, objects, clock);
        return new VerifierService(
                catalogue,
                verification,
                new VerdictPublisher(catalogue, notifier(), this::metrics),
                new LargeBackups(() -> client(sns.endpoint(), SfnClient.builder()), MACHINE, largeBytes, clock),
                new LargeVerification(client, catalogue, objects, verification, clock, largeBytes, sliceBlocks),
                new RepositoryCheck(
                        false,
                        () -> {
                            throw new IllegalStateException("No repository is wanted");
                        },
                        journal(),
                        largeBytes));
    }

    Journal journal() {
        return new Journal(s3, bucket);
    }

    Notifier notifier() {
        return new Notifier(() -> client(sns.endpoint(), SnsClient.builder()), "arn:aws:sns:us-east-1:1:people");
    }

    EmbeddedMetrics metrics() {
        return EmbeddedMetrics.to(new PrintStream(standardOutput, true, StandardCharsets.UTF_8), Clock.systemUTC());
    }

    VerifierResult verify(String backupId) {
        return verifier().verify(request(backupId, true), TestingContext.PLENTY);
    }

    static VerifierInput request(String backupId, boolean compare) {
        return new VerifierInput(
                List.of(new VerifierInput.ObjectReference(null, BucketLayout.manifestKey(backupId))), compare, true);
    }

    /** Puts dump, roles and the manifest that fits them; returns the manifest. */
    BackupManifest put(String backupId, byte[] dump, List<TableCount> tables) {
        BackupManifest manifest = manifest(
                backupId,
                putObject("dumps/" + backupId + ".dump", dump),
                putObject("dumps/" + backupId + ".globals.sql", GLOBALS),
                tables);
        putManifest(manifest);
        return manifest;
    }

    /** As above, with a configuration beside it. */
    BackupManifest put(String backupId, byte[] dump, List<TableCount> tables, byte[] config) {
        BackupManifest plain = put(backupId, dump, tables);
        return putConfig(plain, putObject("dumps/" + backupId + ".config.json", config), null);
    }

    /** Puts the manifest once more, which then says this of the configuration. */
    BackupManifest putConfig(BackupManifest manifest, BackupObject config, String problem) {
        BackupManifest changed = new BackupManifest(
                1,
                manifest.backupId(),
                manifest.kind(),
                manifest.database(),
                manifest.serverVersion(),
                manifest.pgDumpVersion(),
                manifest.snapshotLsn(),
                manifest.snapshotAt(),
                manifest.startedAt(),
                manifest.finishedAt(),
                manifest.dump(),
                manifest.globals(),
                config,
                problem,
                manifest.tables());
        putManifest(changed);
        return changed;
    }

    void putManifest(BackupManifest manifest) {
        putBytes(BucketLayout.manifestKey(manifest.backupId()), Json.write(manifest));
    }

    BackupObject putObject(String key, byte[] content) {
        return describe(key, putBytes(key, content), content);
    }

    String putBytes(String key, byte[] content) {
        return s3.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromBytes(content))
                .versionId();
    }

    void tag(String key, String name, String value) {
        Tag tag = Tag.builder().key(name).value(value).build();
        s3.putObjectTagging(r -> r.bucket(bucket).key(key).tagging(t -> t.tagSet(List.of(tag))));
    }

    /** Such as {@code team=database}. */
    List<String> tags(String key) {
        return s3.getObjectTagging(r -> r.bucket(bucket).key(key)).tagSet().stream()
                .map(tag -> tag.key() + "=" + tag.value())
                .toList();
    }

    static BackupObject describe(String key, String version, byte[] content) {
        try (ChecksummedInputStream bytes = new ChecksummedInputStream(new ByteArrayInputStream(content), PART_SIZE)) {
            bytes.transferTo(OutputStream.nullOutputStream());
            return new BackupObject(key, version, content.length, bytes.sha256(), PART_SIZE, bytes.partSha256());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BackupManifest manifest(String backupId, BackupObject dump, BackupObject globals, List<TableCount> tables) {
        Instant at = LocalDateTime.parse(
                        backupId.substring(backupId.indexOf('_') + 1), DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss"))
                .toInstant(ZoneOffset.UTC);
        return new BackupManifest(
                1,
                backupId,
                backupId.startsWith("daily") ? BackupKind.DAILY : BackupKind.RECENT,
                DATABASE,
                "15.18",
                "15.18",
                "0/1A2B3C4",
                at.plusSeconds(2),
                at,
                at.plusSeconds(9),
                dump,
                globals,
                null,
                tables);
    }

    /** The one notification so far. */
    String notification(String parameter) {
        List<TestingAwsApi.Request> published = sns.requests("Publish");
        if (published.size() != 1) {
            throw new AssertionError("Expected one notification, got " + published);
        }
        return published.get(0).parameters().get(parameter);
    }

    @Override
    public void close() {
        sns.close();
        s3.close();
    }
}
