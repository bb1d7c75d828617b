package dev.lifeboat.alarm;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Notifier;
import dev.lifeboat.lambda.Primed;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The Lambda function that turns an alarm into the recovery that it calls for, once. */
@Named("AlarmHandler")
@Singleton
public class AlarmHandler extends JsonHandler<AlarmEvent> implements Primed {
    private final Fresh<Supplier<AlarmDecision>> decision;
    private final Needs needs;

    @Inject
    AlarmHandler(
            @ConfigProperty(name = "target.parameter") String targetParameter,
            @ConfigProperty(name = "scenarios") String scenarios,
            @ConfigProperty(name = "machines") String machines,
            @ConfigProperty(name = "mode.parameter") String modeParameter,
            @ConfigProperty(name = "notification.topic.arn") String topic) {
        super("the AlarmHandler event", AlarmEvent.class);
        this.needs = (question, readiness) -> {
            try (SsmClient ssm = AwsClients.build(SsmClient.builder())) {
                readiness.look(
                        "parameter " + targetParameter,
                        () -> AlarmSettings.parse(
                                new TargetParameter(ssm, targetParameter).read(), scenarios, machines));
                readiness.look("parameter " + modeParameter, () -> new ModeParameter(ssm, modeParameter).read());
            }
        };
        this.decision = new Fresh<>(() -> connect(targetParameter, scenarios, machines, modeParameter, topic));
    }

    @Override
    protected AlarmEvent parse(InputStream in) {
        return AlarmEventReader.read(in);
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(AlarmEvent event, Context context) {
        return decision.get().get().decide(event);
    }

    @Override
    public void prime() {
        AwsClients.prime(
                SfnClient.builder(),
                sfn -> sfn.startExecution(r -> r.stateMachineArn("priming").input("{}")));
        AwsClients.prime(SsmClient.builder(), ssm -> ssm.getParameter(r -> r.name("priming")));
        AwsClients.prime(
                SnsClient.builder(),
                sns -> sns.publish(r -> r.topicArn("priming").message("priming")));
        decision.discard();
    }

    /** Clients live as long as the function; what people may have changed is read at every event. */
    private static Supplier<AlarmDecision> connect(
            String targetParameter, String scenarios, String machines, String modeParameter, String topic) {
        SsmClient ssm = AwsClients.build(SsmClient.builder());
        TargetParameter target = new TargetParameter(ssm, targetParameter);
        ModeParameter mode = new ModeParameter(ssm, modeParameter);
        Recoveries recoveries = new Recoveries(AwsClients.build(SfnClient.builder()));
        Fresh<SnsClient> sns = new Fresh<>(() -> AwsClients.build(SnsClient.builder()));
        Notifier notifier = new Notifier(sns, topic);
        return () ->
                new AlarmDecision(AlarmSettings.parse(target.read(), scenarios, machines), mode, recoveries, notifier);
    }
}
