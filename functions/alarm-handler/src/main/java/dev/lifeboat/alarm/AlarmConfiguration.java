package dev.lifeboat.alarm;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import software.amazon.awssdk.services.ssm.SsmClient;

/** The function's environment: the names of what may change, and what does not change without a deployment. */
@Singleton
class AlarmConfiguration {
    private final String targetParameter;
    private final String alarmsParameter;
    private final String modeParameter;
    private final String coolDownParameter;
    private final String machines;
    private final String bucket;
    private final String topic;

    @Inject
    AlarmConfiguration(
            @ConfigProperty(name = "target.parameter") String targetParameter,
            @ConfigProperty(name = "alarms.parameter") String alarmsParameter,
            @ConfigProperty(name = "mode.parameter") String modeParameter,
            @ConfigProperty(name = "cool.down.parameter") String coolDownParameter,
            @ConfigProperty(name = "machines") String machines,
            @ConfigProperty(name = "backup.bucket") String bucket,
            @ConfigProperty(name = "notification.topic.arn") String topic) {
        this.targetParameter = targetParameter;
        this.alarmsParameter = alarmsParameter;
        this.modeParameter = modeParameter;
        this.coolDownParameter = coolDownParameter;
        this.machines = machines;
        this.bucket = bucket;
        this.topic = topic;
    }

    /** @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer */
    Parameters parameters(SsmClient ssm) {
        return Parameters.read(ssm, List.of(targetParameter, alarmsParameter, modeParameter, coolDownParameter));
    }

    /** @throws dev.lifeboat.contract.error.MisconfiguredException naming all that is wrong */
    AlarmSettings settings(Parameters parameters) {
        return AlarmSettings.parse(
                parameters.require(targetParameter, "what is to be recovered"),
                parameters.require(alarmsParameter, "which alarm calls for what"),
                machines);
    }

    ModeSwitch mode(Parameters parameters) {
        return ModeSwitch.of(modeParameter, parameters.find(modeParameter));
    }

    CoolDown coolDown(Parameters parameters) {
        return CoolDown.of(coolDownParameter, parameters.find(coolDownParameter));
    }

    String bucket() {
        return bucket;
    }

    String topic() {
        return topic;
    }
}
