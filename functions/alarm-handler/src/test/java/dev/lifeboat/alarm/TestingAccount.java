package dev.lifeboat.alarm;

import dev.lifeboat.alarm.TestingStepFunctions.Execution;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.contract.Json;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.testsupport.TestingAwsApi;
import dev.lifeboat.testsupport.TestingAwsApi.Answer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What the alarm handler works with, for a test: a real S3 server, and the other services over a real wire. */
final class TestingAccount implements AutoCloseable {
    static final String MACHINES = "arn:aws:states:us-east-1:123456789012:stateMachine:";
    static final String DATABASE = MACHINES + "recover-database";
    static final String CLUSTER = MACHINES + "recover-cluster";
    static final String APPLICATION = MACHINES + "recover-application";
    static final String SETTLE = MACHINES + "settle";
    static final String RERUN = MACHINES + "rerun-backup";
    static final String VERIFY = MACHINES + "verify-large-backup";
    static final String ALARM = "cloudtolocalllm-database-not-answering";

    private static final String TOPIC = "arn:aws:sns:us-east-1:123456789012:people";

    final TestingAwsApi aws = TestingAwsApi.start();
    final TestingStepFunctions stepFunctions = new TestingStepFunctions();
    final String bucket = "b-" + UUID.randomUUID();
    final S3Client s3;
    final Map<String, String> parameters = new ConcurrentHashMap<>();
    private final URI s3Endpoint;

    TestingAccount(URI s3Endpoint) {
        this.s3Endpoint = s3Endpoint;
        s3 = s3(s3Endpoint);
        s3.createBucket(r -> r.bucket(bucket));
        parameters.put("/mode", "automatic");
        parameters.put("/cool-down", "30");
        parameters.put("/target", target("cloudtolocalllm"));
        parameters.put(
                "/alarms",
                Json.compact(Map.of(
                        ALARM,
                        "database",
                        "cloudtolocalllm-data-corrupt",
                        "corruption",
                        "cloudtolocalllm-application-unhealthy",
                        "application",
                        "cloudtolocalllm-cluster-unreachable",
                        "cluster",
                        "cloudtolocalllm-backup-job-failed",
                        "rerun-backup",
                        "cloudtolocalllm-backup-size-anomaly",
                        "verify-previous-backup",
                        "cloudtolocalllm-storage-quota",
                        "report-storage",
                        "cloudtolocalllm-replication-lag",
                        "report-replication-lag",
                        "cloudtolocalllm-wal-not-archived",
                        "report-wal-archive",
                        "aws.health:EKS",
                        "cluster")));
        serve(aws);
    }

    /** Lets the account be reached at another endpoint too. */
    void serve(TestingAwsApi endpoint) {
        stepFunctions.serve(endpoint);
        endpoint.on("AmazonSSM.GetParameters", request -> {
            List<Map<String, String>> found = new ArrayList<>();
            TestingStepFunctions.json(request).path("Names").forEach(each -> {
                String value = parameters.get(each.asText());
                if (value != null) {
                    found.add(Map.of("Name", each.asText(), "Value", value));
                }
            });
            return Answer.ok(Json.compact(Map.of("Parameters", found)));
        });
    }

    static String target(String name) {
        return "{\"name\":\"" + name + "\",\"purpose\":\"live\",\"cluster\":\"c\",\"namespace\":\"n\","
                + "\"postgresService\":\"postgres\",\"database\":\"app\",\"backupOf\":\"app\",\"adminSecret\":\"admin\"}";
    }

    /** The machines that are there; corruption has none. */
    static String machines() {
        return Json.compact(Map.of(
                "database", DATABASE,
                "cluster", CLUSTER,
                "application", APPLICATION,
                "settle", SETTLE,
                "rerun-backup", RERUN,
                "verify-backup", VERIFY));
    }

    Object answer(String event, Clock clock) {
        return answer(aws.endpoint(), s3Endpoint, bucket, clock, event, "");
    }

    AlarmResult decide(String event) {
        return (AlarmResult) answer(event, Clock.systemUTC());
    }

    /** As the function does it, in whichever process. */
    static Object answer(URI aws, URI s3, String bucket, Clock clock, String event, String parameters) {
        return services(aws, s3, bucket, clock, parameters).answer(read(event));
    }

    static AlarmRequest read(String event) {
        return AlarmInput.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }

    static AlarmServices services(URI aws, URI s3, String bucket, Clock clock, String parameters) {
        AlarmConfiguration configuration = new AlarmConfiguration(
                parameters + "/target",
                parameters + "/alarms",
                parameters + "/mode",
                parameters + "/cool-down",
                machines(),
                bucket,
                TOPIC);
        SnsClient sns = client(SnsClient.builder(), aws);
        return new AlarmServices(
                configuration,
                client(SsmClient.builder(), aws),
                s3(s3),
                client(SfnClient.builder(), aws),
                new Notifier(() -> sns, TOPIC),
                clock);
    }

    LeaseStore leases() {
        return new LeaseStore(
                s3, bucket, owner -> !stepFunctions.find(owner).status.equals("RUNNING"), Clock.systemUTC());
    }

    /** The event of an alarm's change. */
    static String change(String alarm, String state, Instant at) {
        return "{\"source\":\"aws.cloudwatch\",\"detail\":{\"alarmName\":\"" + alarm + "\",\"state\":{\"value\":\""
                + state + "\",\"timestamp\":\"" + at + "\"}}}";
    }

    /** In the order in which they were started. */
    List<Execution> executionsOf(String machine) {
        return stepFunctions.all().stream()
                .filter(each -> each.machine.equals(machine))
                .toList();
    }

    List<String> published(String parameter) {
        return aws.requests("Publish").stream()
                .map(request -> request.parameters().get(parameter))
                .toList();
    }

    static S3Client s3(URI endpoint) {
        return client(S3Client.builder().forcePathStyle(true), endpoint);
    }

    private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
            B builder, URI endpoint) {
        return builder.endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        aws.close();
        s3.close();
    }
}
