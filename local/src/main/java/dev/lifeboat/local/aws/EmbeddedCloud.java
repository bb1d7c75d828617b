package dev.lifeboat.local.aws;

import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.Template;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The AWS account that a drill runs in: everything that {@code template.yaml} declares, in processes and threads of this
 * machine, listening on the loopback interface alone. What has no meaning here (roles, keys, log groups) is left out by a
 * list; anything else that is not known is an error that names it, while it is read or as a 501 answer.
 *
 * <p>Thread-safe. {@link #close()} ends every process that it started; so does the end of this process, however it ends.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable"}) // the bodies follow
public final class EmbeddedCloud implements AutoCloseable {
    /** The account of every ARN. */
    public static final String ACCOUNT = Arns.ACCOUNT;

    /** The region of every ARN. */
    public static final String REGION = Arns.REGION;

    private EmbeddedCloud() {}

    /** @param template the SAM template; its relative paths count from the directory that it lies in */
    public static Builder builder(Path template) {
        return new Builder(template);
    }

    /** How to start one. */
    public static final class Builder {
        private Builder(Path template) {}

        /** Overrides a parameter of the template. */
        public Builder parameter(String name, String value) {
            return this;
        }

        /** Where functions are unpacked and objects are kept; created when missing, never removed. */
        public Builder workDirectory(Path directory) {
            return this;
        }

        /** Shortens Wait states, retry pauses, schedules and alarm periods: 10 makes a minute six seconds. Default 1. */
        public Builder speed(double factor) {
            return this;
        }

        /** Adds a variable to every function's environment, beside the template's. */
        public Builder extraEnvironment(String name, String value) {
            return this;
        }

        /** Adds a listener; faults of several are merged: the first that is not {@code NONE} counts. */
        public Builder listener(CloudListener listener) {
            return this;
        }

        /** What DescribeCluster answers; asked at each call. */
        public Builder eksCluster(String name, Supplier<EksCluster> cluster) {
            return this;
        }

        /** Starts it: front, S3 server, buckets, alarms. Schedules are off until enabled. */
        public EmbeddedCloud start() {
            throw new UnsupportedOperationException("lands next");
        }
    }

    /** The one endpoint of all services: the value of AWS_ENDPOINT_URL. */
    public URI endpoint() {
        throw new UnsupportedOperationException("lands next");
    }

    /** What a program (the aws command, a script) needs to work in this account: endpoint, region, credentials. */
    public Map<String, String> clientEnvironment() {
        throw new UnsupportedOperationException("lands next");
    }

    /** The template, with everything in it resolved. */
    public Template template() {
        throw new UnsupportedOperationException("lands next");
    }

    /** Invokes a function (logical id, name or ARN) and waits for its answer. */
    public InvocationResult invoke(String function, String event) {
        throw new UnsupportedOperationException("lands next");
    }

    /**
     * Starts an execution of a state machine (logical id, name or ARN).
     *
     * @param name the execution's name, or null for a random one
     * @return the execution's ARN
     */
    public String startExecution(String machine, String name, String input) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Every execution so far, oldest first. */
    public List<ExecutionDescription> executions() {
        throw new UnsupportedOperationException("lands next");
    }

    /** One execution. */
    public ExecutionDescription execution(String arn) {
        throw new UnsupportedOperationException("lands next");
    }

    /** The history of an execution as GetExecutionHistory's JSON {@code events} array. */
    public String history(String arn) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Stops an execution, as from the console. */
    public void stopExecution(String arn) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Everything published to topics so far, oldest first. */
    public List<Notification> notifications() {
        throw new UnsupportedOperationException("lands next");
    }

    /** Creates or replaces a secret. */
    public void putSecret(String id, String value) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Creates or replaces an SSM parameter. */
    public void putParameter(String name, String value) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Puts an event on the default bus, as often as told: EventBridge delivers at least once. */
    public void publishEvent(String event, int copies) {
        throw new UnsupportedOperationException("lands next");
    }

    /** From now on every event is delivered this often. Default 1. */
    public void deliverEvents(int copies) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Turns a schedule (its Name, or function or machine logical id + event's logical id) on or off. */
    public void enableSchedule(String name, boolean enabled) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Fires a schedule now, once, whether enabled or not. */
    public void fireSchedule(String name) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Starts (or stops) evaluating the alarms; off at first, because a probe that never ran counts as breaching. */
    public void evaluateAlarms(boolean enabled) {
        throw new UnsupportedOperationException("lands next");
    }

    /** Requests that were answered 501; whatever ran while there is one has failed. */
    public List<String> unknownRequests() {
        throw new UnsupportedOperationException("lands next");
    }

    @Override
    public void close() {}
}
