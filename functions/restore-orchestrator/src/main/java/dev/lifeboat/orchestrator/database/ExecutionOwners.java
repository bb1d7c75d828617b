package dev.lifeboat.orchestrator.database;

import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.lambda.AwsFaults;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Asks Step Functions whether the execution that owns a lease has ended. */
final class ExecutionOwners implements LeaseStore.Owners {
    private final SfnClient stepFunctions;

    ExecutionOwners(SfnClient stepFunctions) {
        this.stepFunctions = stepFunctions;
    }

    @Override
    public boolean isClosed(String execution) {
        try {
            ExecutionStatus status = stepFunctions
                    .describeExecution(r -> r.executionArn(execution))
                    .status();
            // One that waits for a redrive goes on by itself; a status of a later API may mean anything.
            return switch (status) {
                case SUCCEEDED, FAILED, TIMED_OUT, ABORTED -> true;
                case RUNNING, PENDING_REDRIVE, UNKNOWN_TO_SDK_VERSION -> false;
            };
        } catch (ExecutionDoesNotExistException e) {
            // Step Functions forgets executions 90 days after they ended.
            return true;
        } catch (SdkException e) {
            throw AwsFaults.translate("describe execution " + execution, e);
        }
    }
}
