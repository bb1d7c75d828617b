package dev.lifeboat.alarm;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * The target, in the Systems Manager parameter store. Not in the function's environment: a published version keeps the environment
 * that it was published with, and would go on recovering what the target was before a change.
 */
final class TargetParameter {
    private final SsmClient ssm;
    private final String name;

    TargetParameter(SsmClient ssm, String name) {
        this.ssm = ssm;
        this.name = name;
    }

    /**
     * @return JSON of a {@link dev.lifeboat.contract.recovery.Target}
     * @throws MisconfiguredException when there is no such parameter
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer
     */
    String read() {
        try {
            return ssm.getParameter(r -> r.name(name)).parameter().value();
        } catch (ParameterNotFoundException e) {
            throw new MisconfiguredException(
                    "There is no parameter " + name + ", which says what is to be recovered.",
                    "Deploy template.yaml, which makes it.");
        } catch (SdkException e) {
            throw AwsFaults.translate("read parameter " + name, e);
        }
    }
}
