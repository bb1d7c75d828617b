package dev.lifeboat.alarm;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.InputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The Lambda function that turns an alarm into what it calls for, once. */
@Named("AlarmHandler")
@Singleton
public class AlarmHandler extends JsonHandler<AlarmRequest> implements Primed {
    private final AlarmConfiguration configuration;
    private final Fresh<AlarmServices> services;

    @Inject
    AlarmHandler(AlarmConfiguration configuration) {
        super("the AlarmHandler event", AlarmRequest.class);
        this.configuration = configuration;
        this.services = new Fresh<>(() -> AlarmServices.connect(configuration));
    }

    @Override
    protected AlarmRequest parse(InputStream in) {
        return AlarmInput.read(in);
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        try (SsmClient ssm = AwsClients.build(SsmClient.builder());
                S3Client s3 = AwsClients.build(S3Client.builder())) {
            readiness.look(
                    "the alarms', the target's, the mode's and the cool-down's parameters",
                    () -> configuration.settings(configuration.parameters(ssm)));
            readiness.look(
                    "bucket " + configuration.bucket(),
                    () -> BucketAccess.firstKey(s3, configuration.bucket(), "leases/"));
        }
    }

    @Override
    protected Object handle(AlarmRequest request, Context context) {
        return services.get().answer(request);
    }

    @Override
    public void prime() {
        AwsClients.prime(
                SfnClient.builder(),
                sfn -> sfn.startExecution(r -> r.stateMachineArn("priming").input("{}")));
        AwsClients.prime(SsmClient.builder(), ssm -> ssm.getParameters(r -> r.names("priming")));
        AwsClients.prime(
                S3Client.builder(), s3 -> s3.headObject(r -> r.bucket("priming").key("priming")));
        AwsClients.prime(
                SnsClient.builder(),
                sns -> sns.publish(r -> r.topicArn("priming").message("priming")));
        services.discard();
    }
}
