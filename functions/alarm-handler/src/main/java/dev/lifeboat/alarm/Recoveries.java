package dev.lifeboat.alarm;

import dev.lifeboat.lambda.AwsFaults;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The executions of the recovery machines. */
final class Recoveries {
    private final SfnClient sfn;

    Recoveries(SfnClient sfn) {
        this.sfn = sfn;
    }

    /**
     * A running recovery of the same target, under whichever incident. Two that start at the same instant are kept apart by the
     * lease, not by this look.
     *
     * @param prefix what the names of that target's executions begin with, before the time
     */
    Optional<String> running(String machine, String prefix) {
        Pattern ofTarget = Pattern.compile(Pattern.quote(prefix) + Incident.TIME_PATTERN);
        try {
            return sfn
                    .listExecutionsPaginator(r -> r.stateMachineArn(machine).statusFilter(ExecutionStatus.RUNNING))
                    .executions()
                    .stream()
                    .map(ExecutionListItem::name)
                    .filter(name -> ofTarget.matcher(name).matches())
                    .findFirst();
        } catch (SdkException e) {
            throw AwsFaults.translate("list the executions of " + machine, e);
        }
    }

    /**
     * Starts an execution. Step Functions takes a second start with the same name and input for the first, as long as that
     * one runs.
     *
     * @return its ARN; empty when there was one of that name, which is closed
     */
    Optional<String> start(String machine, String name, String input) {
        try {
            return Optional.of(sfn.startExecution(
                            r -> r.stateMachineArn(machine).name(name).input(input))
                    .executionArn());
        } catch (ExecutionAlreadyExistsException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw AwsFaults.translate("start an execution of " + machine, e);
        }
    }
}
