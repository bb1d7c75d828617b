package dev.lifeboat.alarm;

import dev.lifeboat.contract.recovery.Mode;
import dev.lifeboat.lambda.AwsFaults;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/** The switch in the Systems Manager parameter store by which people set the mode. Read at every alarm. */
final class ModeParameter {
    private static final Logger LOG = Logger.getLogger(ModeParameter.class);

    private final SsmClient ssm;
    private final String name;

    ModeParameter(SsmClient ssm, String name) {
        this.ssm = ssm;
        this.name = name;
    }

    /**
     * @return empty where there is no such parameter or its value is none of ours: somebody may have wanted to forbid it, so a person is
     *     asked
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when the parameter store does not answer: the event is
     *     tried again, because a person may have forbidden to act
     */
    Optional<Mode> read() {
        try {
            String value = ssm.getParameter(r -> r.name(name)).parameter().value();
            return parse(value);
        } catch (ParameterNotFoundException e) {
            LOG.warnf("There is no parameter %s: a person is asked", name);
            return Optional.empty();
        } catch (SdkException e) {
            throw AwsFaults.translate("read parameter " + name, e);
        }
    }

    private static Optional<Mode> parse(String value) {
        for (Mode mode : Mode.values()) {
            if (mode.name().equals(value.strip().toUpperCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    String name() {
        return name;
    }
}
