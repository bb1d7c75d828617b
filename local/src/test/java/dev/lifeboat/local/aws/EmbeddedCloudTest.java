package dev.lifeboat.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lifeboat.contract.Json;
import dev.lifeboat.local.lambda.TestZip;
import dev.lifeboat.local.tls.LoopbackCertificate;
import dev.lifeboat.local.tls.SecureEndpoint;
import dev.lifeboat.testsupport.RealPgBackRest;
import dev.lifeboat.testsupport.RealPostgres;
import dev.lifeboat.testsupport.RestoredServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eks.EksClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StateMachineDoesNotExistException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Every service as the AWS SDK sees it; each behaviour is that of the action's page in the service's API reference.
 */
class EmbeddedCloudTest {
    @TempDir
    static Path directory;

    private static EmbeddedCloud cloud;
    private static SecureEndpoint secure;
    private static final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        for (String name : List.of("template.yaml", "machine.asl.json")) {
            try (InputStream in = EmbeddedCloudTest.class.getResourceAsStream(name)) {
                Files.copy(in, directory.resolve(name));
            }
        }
        TestZip.write(directory.resolve("function.zip"));
        secure = SecureEndpoint.open(
                LoopbackCertificate.create(directory.resolve("key")), Files.createTempDirectory("tls"));
        Files.setPosixFilePermissions(secure.authority().getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        cloud = EmbeddedCloud.builder(directory.resolve("template.yaml"))
                .secureEndpoint(secure)
                .builtFiles(TestZip.runtime().getParent())
                .workDirectory(directory.resolve("work"))
                .speed(1000)
                .eksCluster("cluster", () -> new EksCluster("https://127.0.0.1:6443", "Q0E="))
                .listener(new CloudListener() {
                    @Override
                    public void logged(String function, String line) {
                        System.out.println(function + ": " + line);
                    }

                    @Override
                    public void eventPublished(String detailType, String event) {
                        events.add(event);
                    }
                })
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        cloud.close();
        secure.close();
        Files.delete(secure.authority());
        Files.delete(secure.authority().getParent());
    }

    private static <B extends AwsClientBuilder<B, C>, C> C client(B builder) {
        return builder.endpointOverride(cloud.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDLOCAL", "local")))
                .build();
    }

    private static <T> T eventually(Supplier<T> value) throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            T found = value.get();
            if (found != null) {
                return found;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("It did not happen within 10 seconds.");
    }

    private static JsonNode eventFor(String key) throws InterruptedException {
        return eventually(() -> events.stream()
                .map(EmbeddedCloudTest::tree)
                .filter(e ->
                        e.path("detail").path("object").path("key").asText().equals(key))
                .findFirst()
                .orElse(null));
    }

    private static JsonNode tree(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** What a real client, which speaks TLS alone, asks of S3: objects small and in parts, listings, ranges, deletions of many at once. */
    @Test
    void pgBackRestKeepsARepositoryInTheBucket() throws Exception {
        Map<String, String> options = new HashMap<>(Map.of(
                "repo1-type", "s3",
                "repo1-path", "/pgbackrest",
                "repo1-s3-bucket", "test-bucket",
                "repo1-s3-region", EmbeddedCloud.REGION,
                "repo1-s3-endpoint", "s3.us-east-1.amazonaws.com",
                "repo1-cipher-type", "aes-256-cbc",
                "repo1-cipher-pass", "a passphrase of the test",
                "repo1-retention-full", "1",
                "repo1-bundle", "y",
                "compress-type", "lz4"));
        EmbeddedCloud.pgBackRestEnvironment(secure)
                .forEach((name, value) -> options.put(
                        name.substring("PGBACKREST_".length())
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        value));
        try (RealPostgres postgres = RealPostgres.start(RealPgBackRest.SETTINGS);
                RealPgBackRest pgBackRest = RealPgBackRest.attach(postgres, options)) {
            // Incompressible, and so large that it goes up in parts.
            postgres.psql(
                    "postgres", "CREATE TABLE kept AS SELECT sha512(i::text::bytea) FROM generate_series(1, 150000) i");
            pgBackRest.backup("full");
            pgBackRest.backup("full"); // which deletes the first one
            pgBackRest.archiveCurrentSegment();
            postgres.psql("postgres", "INSERT INTO kept VALUES ('last')");
            pgBackRest.archiveCurrentSegment();
            assertThat(pgBackRest
                            .run("verify", "--output=text", "--verbose", "--log-level-console=off")
                            .orFail()
                            .output())
                    .contains("status: ok");
            try (RestoredServer restored = pgBackRest.restore();
                    var row =
                            restored.connect("postgres").createStatement().executeQuery("SELECT count(*) FROM kept")) {
                row.next();
                assertThat(row.getLong(1)).isEqualTo(150_001);
            }
        }
        assertThat(cloud.unknownRequests()).noneMatch(request -> request.contains("pgbackrest"));
    }

    @Test
    void aManifestThatArrivesIsSentToTheFunctionOfTheRule() throws Exception {
        try (S3Client s3 = client(S3Client.builder())) {
            var put = s3.putObject(
                    r -> r.bucket("test-bucket").key("dumps/daily/b 1.manifest.json"), RequestBody.fromString("{}"));

            JsonNode event = eventFor("dumps/daily/b 1.manifest.json");
            assertThat(event.path("source").asText()).isEqualTo("aws.s3");
            assertThat(event.path("detail-type").asText()).isEqualTo("Object Created");
            assertThat(event.path("resources").path(0).asText()).isEqualTo("arn:aws:s3:::test-bucket");
            assertThat(event.path("detail").path("bucket").path("name").asText())
                    .isEqualTo("test-bucket");
            assertThat(event.path("detail").path("object").path("version-id").asText())
                    .isEqualTo(put.versionId());
            assertThat(event.path("detail").path("object").path("size").asLong())
                    .isEqualTo(2);
            assertThat(event.path("detail").path("object").path("etag").asText())
                    .isEqualTo(put.eTag().replace("\"", ""));
            assertThat(event.path("detail").path("reason").asText()).isEqualTo("PutObject");
        }
    }

    @Test
    void copiesAndMultipartUploadsAreObjectsCreatedToo() throws Exception {
        try (S3Client s3 = client(S3Client.builder())) {
            s3.putObject(r -> r.bucket("test-bucket").key("a"), RequestBody.fromString("abc"));
            s3.copyObject(r -> r.sourceBucket("test-bucket")
                    .sourceKey("a")
                    .destinationBucket("test-bucket")
                    .destinationKey("copy"));
            String upload = s3.createMultipartUpload(
                            r -> r.bucket("test-bucket").key("multi"))
                    .uploadId();
            byte[] big = new byte[5 << 20];
            String first = s3.uploadPart(
                            r -> r.bucket("test-bucket")
                                    .key("multi")
                                    .uploadId(upload)
                                    .partNumber(1),
                            RequestBody.fromBytes(big))
                    .eTag();
            String second = s3.uploadPart(
                            r -> r.bucket("test-bucket")
                                    .key("multi")
                                    .uploadId(upload)
                                    .partNumber(2),
                            RequestBody.fromString("end"))
                    .eTag();
            s3.completeMultipartUpload(r -> r.bucket("test-bucket")
                    .key("multi")
                    .uploadId(upload)
                    .multipartUpload(m -> m.parts(
                            CompletedPart.builder().partNumber(1).eTag(first).build(),
                            CompletedPart.builder().partNumber(2).eTag(second).build())));

            assertThat(eventFor("copy").path("detail").path("reason").asText()).isEqualTo("CopyObject");
            JsonNode multi = eventFor("multi");
            assertThat(multi.path("detail").path("reason").asText()).isEqualTo("CompleteMultipartUpload");
            assertThat(multi.path("detail").path("object").path("size").asLong())
                    .isEqualTo((5 << 20) + 3);
            assertThat(s3.getObjectAsBytes(
                                    r -> r.bucket("test-bucket").key("multi").range("bytes=5242880-5242882"))
                            .asUtf8String())
                    .isEqualTo("end");
        }
    }

    @Test
    void conditionalWritesHoldAndVersionsAreKept() {
        try (S3Client s3 = client(S3Client.builder())) {
            String etag = s3.putObject(
                            r -> r.bucket("test-bucket").key("lease").ifNoneMatch("*"), RequestBody.fromString("1"))
                    .eTag();

            assertThatThrownBy(() -> s3.putObject(
                            r -> r.bucket("test-bucket").key("lease").ifNoneMatch("*"), RequestBody.fromString("2")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
            s3.putObject(r -> r.bucket("test-bucket").key("lease").ifMatch(etag), RequestBody.fromString("3"));
            assertThatThrownBy(() -> s3.putObject(
                            r -> r.bucket("test-bucket").key("lease").ifMatch(etag), RequestBody.fromString("4")))
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
            assertThat(s3.listObjectVersions(r -> r.bucket("test-bucket").prefix("lease"))
                            .versions())
                    .hasSize(2);
        }
    }

    @Test
    void aBucketsEncryptionAndPublicAccessAreThoseOfTheTemplate() {
        try (S3Client s3 = client(S3Client.builder())) {
            var rule = s3.getBucketEncryption(r -> r.bucket("test-bucket"))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .get(0);
            assertThat(rule.applyServerSideEncryptionByDefault().sseAlgorithm())
                    .isEqualTo(ServerSideEncryption.AWS_KMS);
            assertThat(rule.applyServerSideEncryptionByDefault().kmsMasterKeyID())
                    .isEqualTo("arn:aws:kms:us-east-1:000000000000:key/"
                            + cloud.template().ref("Key"));
            assertThat(s3.getPublicAccessBlock(r -> r.bucket("test-bucket"))
                            .publicAccessBlockConfiguration()
                            .restrictPublicBuckets())
                    .isTrue();
            var put = s3.putObject(
                    r -> r.bucket("test-bucket")
                            .key("sse")
                            .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                            .ssekmsKeyId("arn:aws:kms:us-east-1:000000000000:key/"
                                    + cloud.template().ref("Key")),
                    RequestBody.fromString("x"));
            assertThat(put.serverSideEncryption()).isEqualTo(ServerSideEncryption.AWS_KMS);
            assertThat(put.ssekmsKeyId())
                    .isEqualTo("arn:aws:kms:us-east-1:000000000000:key/"
                            + cloud.template().ref("Key"));
        }
    }

    @Test
    void anExecutionCallsTheFunctionAndPublishesAndItsHistoryTellsSo() throws Exception {
        try (SfnClient sfn = client(SfnClient.builder())) {
            String machine = cloud.template().ref("Machine");
            String arn = sfn.startExecution(
                            r -> r.stateMachineArn(machine).name("one").input("{\"word\":\"hello\"}"))
                    .executionArn();
            assertThat(arn).isEqualTo("arn:aws:states:us-east-1:000000000000:execution:test-machine:one");

            var end = eventually(() -> {
                var described = sfn.describeExecution(r -> r.executionArn(arn));
                return described.status() == ExecutionStatus.RUNNING ? null : described;
            });
            assertThat(end.status()).isEqualTo(ExecutionStatus.SUCCEEDED);
            assertThat(end.output()).isEqualTo("{\"word\":\"hello\"}");
            assertThat(cloud.notifications()).extracting(Notification::message).contains("saw hello");
            var first = sfn.getExecutionHistory(r -> r.executionArn(arn).maxResults(5));
            var rest = sfn.getExecutionHistory(r -> r.executionArn(arn).nextToken(first.nextToken()));
            assertThat(java.util.stream.Stream.concat(first.events().stream(), rest.events().stream())
                            .map(HistoryEvent::typeAsString))
                    .containsExactly(
                            "ExecutionStarted",
                            "TaskStateEntered",
                            "TaskScheduled",
                            "TaskStarted",
                            "TaskSucceeded",
                            "TaskStateExited",
                            "TaskStateEntered",
                            "TaskScheduled",
                            "TaskStarted",
                            "TaskSucceeded",
                            "TaskStateExited",
                            "ExecutionSucceeded");
            assertThat(first.events().get(1).stateEnteredEventDetails().name()).isEqualTo("Call");
            assertThat(rest.nextToken()).isNull();
            assertThat(sfn.getExecutionHistory(r -> r.executionArn(arn).reverseOrder(true))
                            .events()
                            .get(0)
                            .typeAsString())
                    .isEqualTo("ExecutionSucceeded");
            assertThat(sfn.listExecutions(r -> r.stateMachineArn(machine).statusFilter(ExecutionStatus.SUCCEEDED))
                            .executions())
                    .extracting(e -> e.name())
                    .contains("one");
            assertThatThrownBy(() -> sfn.startExecution(
                            r -> r.stateMachineArn(machine).name("one").input("{\"word\":\"hello\"}")))
                    .isInstanceOf(ExecutionAlreadyExistsException.class);
            assertThatThrownBy(() -> sfn.describeExecution(r -> r.executionArn(arn + "x")))
                    .isInstanceOf(ExecutionDoesNotExistException.class);
            assertThatThrownBy(() -> sfn.startExecution(r -> r.stateMachineArn(machine + "x")))
                    .isInstanceOf(StateMachineDoesNotExistException.class);
        }
    }

    @Test
    void theSameNameAndInputWhileItRunsFindsTheSameExecution() throws Exception {
        try (SfnClient sfn = client(SfnClient.builder())) {
            String machine = cloud.template().ref("Machine");
            String input = "{\"word\":\"sleep\"}";
            var first = sfn.startExecution(
                    r -> r.stateMachineArn(machine).name("same").input(input));
            var second = sfn.startExecution(
                    r -> r.stateMachineArn(machine).name("same").input(input));

            assertThat(second.executionArn()).isEqualTo(first.executionArn());
            assertThat(second.startDate()).isEqualTo(first.startDate());
            assertThatThrownBy(() -> sfn.startExecution(
                            r -> r.stateMachineArn(machine).name("same").input("{}")))
                    .isInstanceOf(ExecutionAlreadyExistsException.class);
            sfn.stopExecution(
                    r -> r.executionArn(first.executionArn()).error("E").cause("enough"));
            var end = sfn.describeExecution(r -> r.executionArn(first.executionArn()));
            assertThat(end.statusAsString()).isEqualTo("ABORTED");
            assertThat(end.error()).isEqualTo("E");
            assertThat(end.cause()).isEqualTo("enough");
        }
    }

    @Test
    void aFailedExecutionIsAnEventThatTheRuleTransformsAndSends() throws Exception {
        cloud.startExecution("Machine", "failing", "{\"word\":\"throw\"}");

        String message = eventually(() -> cloud.notifications().stream()
                .map(Notification::message)
                .filter(m -> m.startsWith("\"It ended FAILED: {"))
                .findFirst()
                .orElse(null));
        assertThat(message).contains("TestFunction$DeliberateException");
    }

    @Test
    void aScheduleFiresByHandWithItsInput() throws Exception {
        cloud.fireSchedule("test-minutely");
        cloud.fireSchedule("EchoMinutely");

        assertThatThrownBy(() -> cloud.fireSchedule("nope")).hasMessage("No schedule 'nope', only [test-minutely].");
    }

    @Test
    void anAsynchronousEventThatIsGivenUpGoesToTheDestination() throws Exception {
        cloud.publishEvent(
                "{\"source\":\"aws.s3\",\"detail-type\":\"Object Created\",\"detail\":{\"object\":"
                        + "{\"key\":\"dumps/throw.manifest.json\"}}}",
                2);

        List<JsonNode> records = eventually(() -> {
            var found = cloud.notifications().stream()
                    .filter(n -> n.message().contains("RetriesExhausted"))
                    .map(n -> tree(n.message()))
                    .toList();
            return found.size() < 2 ? null : found;
        });
        assertThat(records.get(0)
                        .path("requestPayload")
                        .path("detail")
                        .path("object")
                        .path("key")
                        .asText())
                .isEqualTo("dumps/throw.manifest.json");
        assertThat(records.get(0).path("responseContext").path("functionError").asText())
                .isEqualTo("Unhandled");
    }

    @Test
    void lambdaIsInvokedThroughTheApi() {
        try (LambdaClient lambda = client(LambdaClient.builder())) {
            var answer = lambda.invoke(r -> r.functionName("Echo").payload(SdkBytes.fromUtf8String("\"hi\"")));
            assertThat(tree(answer.payload().asUtf8String()).path("variable").asText())
                    .isEqualTo("a+b");
            var failed = lambda.invoke(r -> r.functionName("Echo").payload(SdkBytes.fromUtf8String("\"throw\"")));
            assertThat(failed.functionError()).isEqualTo("Unhandled");
        }
    }

    @Test
    void parametersAndSecretsAreReadAndWritten() {
        cloud.putSecret("app/db", "{\"username\":\"u\"}");
        try (SsmClient ssm = client(SsmClient.builder());
                SecretsManagerClient secrets = client(SecretsManagerClient.builder())) {
            assertThat(ssm.getParameter(r -> r.name("/test/mode")).parameter().value())
                    .isEqualTo("automatic");
            assertThatThrownBy(() -> ssm.putParameter(r -> r.name("/test/mode").value("observe")))
                    .isInstanceOf(ParameterAlreadyExistsException.class);
            ssm.putParameter(r -> r.name("/test/mode").value("observe").overwrite(true));
            assertThat(ssm.getParameter(r -> r.name("/test/mode")).parameter().version())
                    .isEqualTo(2);
            assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/none")))
                    .isInstanceOf(ParameterNotFoundException.class);
            assertThat(secrets.getSecretValue(r -> r.secretId("app/db")).secretString())
                    .isEqualTo("{\"username\":\"u\"}");
            assertThatThrownBy(() -> secrets.getSecretValue(r -> r.secretId("none")))
                    .isInstanceOf(software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException.class);
        }
    }

    @Test
    void aTopicKeepsWhatIsPublishedAndRefusesWhatSnsRefuses() {
        String topic = cloud.template().ref("Topic");
        try (SnsClient sns = client(SnsClient.builder())) {
            assertThat(sns.publish(r -> r.topicArn(topic).subject("s & t").message("line 1\nline <2> ü"))
                            .messageId())
                    .isNotBlank();
            assertThat(cloud.notifications()).anySatisfy(n -> {
                assertThat(n.subject()).isEqualTo("s & t");
                assertThat(n.message()).isEqualTo("line 1\nline <2> ü");
            });
            assertThatThrownBy(() -> sns.publish(r -> r.topicArn(topic + "x").message("m")))
                    .isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> sns.publish(
                            r -> r.topicArn(topic).subject("x".repeat(101)).message("m")))
                    .isInstanceOf(InvalidParameterException.class);
        }
    }

    @Test
    void aClusterIsDescribed() {
        try (EksClient eks = client(EksClient.builder())) {
            var cluster = eks.describeCluster(r -> r.name("cluster")).cluster();
            assertThat(cluster.endpoint()).isEqualTo("https://127.0.0.1:6443");
            assertThat(new String(
                            Base64.getDecoder()
                                    .decode(cluster.certificateAuthority().data()),
                            java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("CA");
            assertThatThrownBy(() -> eks.describeCluster(r -> r.name("other")))
                    .isInstanceOf(software.amazon.awssdk.services.eks.model.ResourceNotFoundException.class);
        }
    }

    @Test
    void anUnknownRequestIsAnswered501AndRecorded() throws Exception {
        try (SsmClient ssm = client(SsmClient.builder())) {
            assertThatThrownBy(() -> ssm.describeParameters(r -> r.maxResults(1)))
                    .hasMessageContaining(
                            "The embedded cloud does not know: POST / of service ssm (AmazonSSM.DescribeParameters)");
        }
        HttpResponse<String> other = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(cloud.endpoint() + "/x"))
                                .timeout(Duration.ofSeconds(5))
                                .header(
                                        "Authorization",
                                        "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(other.statusCode()).isEqualTo(501);
        assertThat(cloud.unknownRequests())
                .contains("POST / of service ssm (AmazonSSM.DescribeParameters)", "GET /x of service dynamodb");
    }
}
