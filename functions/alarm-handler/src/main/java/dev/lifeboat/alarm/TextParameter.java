package dev.lifeboat.alarm;

import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.AwsFaults;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * A setting that has to be there, in the Systems Manager parameter store. Not in the function's environment: a published version keeps
 * the environment that it was published with, and would go on recovering what the target was before a change.
 */
final class TextParameter {
    private final SsmClient ssm;
    private final String name;
    private final String says;

    /** @param says what the parameter says, for a message: {@code what is to be recovered} */
    TextParameter(SsmClient ssm, String name, String says) {
        this.ssm = ssm;
        this.name = name;
        this.says = says;
    }

    /**
     * @throws MisconfiguredException when there is no such parameter
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer
     */
    String read() {
        try {
            return ssm.getParameter(r -> r.name(name)).parameter().value();
        } catch (ParameterNotFoundException e) {
            throw new MisconfiguredException(
                    "There is no parameter " + name + ", which says " + says + ".",
                    "Deploy template.yaml, which makes it.");
        } catch (SdkException e) {
            throw AwsFaults.translate("read parameter " + name, e);
        }
    }
}
