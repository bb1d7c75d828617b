package dev.lifeboat.local.aws;

import dev.lifeboat.local.alarms.AlarmListener;
import dev.lifeboat.local.lambda.InvocationListener;
import dev.lifeboat.local.states.ExecutionListener;

/** Everything that happens in the embedded cloud, and the faults that tests put into it. All methods have defaults. */
public interface CloudListener extends InvocationListener, ExecutionListener, AlarmListener {
    /** A message was published to a topic. */
    default void notified(Notification notification) {}

    /** An event went over the default bus. */
    default void eventPublished(String detailType, String event) {}

    /** A request that the embedded cloud does not know was answered 501: whatever runs must be failed. */
    default void unknownRequest(String description) {}
}
