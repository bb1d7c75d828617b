package dev.lifeboat.alarm;

import dev.lifeboat.lambda.AwsFaults;
import java.time.Duration;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * How long after a recovery the same alarm goes to a person: in the Systems Manager parameter store, where people change it without a
 * deployment. Read at every alarm.
 */
final class CoolDown {
    /** Where there is no such parameter, or one that says nothing. */
    static final Duration DEFAULT = Duration.ofMinutes(30);

    private static final Logger LOG = Logger.getLogger(CoolDown.class);
    private static final String MINUTES = "[0-9]{1,5}";

    private final SsmClient ssm;
    private final String name;

    CoolDown(SsmClient ssm, String name) {
        this.ssm = ssm;
        this.name = name;
    }

    /**
     * @return 0 or more
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer: the event is tried again
     */
    Duration read() {
        try {
            String value =
                    ssm.getParameter(r -> r.name(name)).parameter().value().strip();
            if (value.matches(MINUTES)) {
                return Duration.ofMinutes(Long.parseLong(value));
            }
            LOG.errorf("Parameter %s is '%s', expected minutes: %d count", name, value, DEFAULT.toMinutes());
            return DEFAULT;
        } catch (ParameterNotFoundException e) {
            LOG.warnf("There is no parameter %s: the cool-down is %d minutes", name, DEFAULT.toMinutes());
            return DEFAULT;
        } catch (SdkException e) {
            throw AwsFaults.translate("read parameter " + name, e);
        }
    }

    String name() {
        return name;
    }
}
