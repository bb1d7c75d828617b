package dev.lifeboat.orchestrator.report;

import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Primed;
import jakarta.enterprise.context.ApplicationScoped;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** What reporting reaches AWS by: made at its first use, and again after a snapshot. */
@ApplicationScoped
public class ReportClients implements Primed {
    private final Fresh<S3Client> s3 = new Fresh<>(() -> AwsClients.build(S3Client.builder()));
    private final Fresh<SfnClient> stepFunctions = new Fresh<>(() -> AwsClients.build(SfnClient.builder()));
    private final Fresh<SnsClient> sns = new Fresh<>(() -> AwsClients.build(SnsClient.builder()));

    S3Client s3() {
        return s3.get();
    }

    SfnClient stepFunctions() {
        return stepFunctions.get();
    }

    SnsClient sns() {
        return sns.get();
    }

    @Override
    public void prime() {
        AwsClients.prime(
                S3Client.builder(),
                (S3Client client) -> client.putObject(r -> r.bucket("priming").key("priming"), RequestBody.empty()));
        AwsClients.prime(
                SfnClient.builder(), (SfnClient client) -> client.getExecutionHistory(r -> r.executionArn("priming")));
        AwsClients.prime(SnsClient.builder(), (SnsClient client) -> client.publish(r -> r.message("priming")));
        s3.discard();
        stepFunctions.discard();
        sns.discard();
    }
}
