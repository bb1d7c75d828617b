package dev.lifeboat.local.aws;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lifeboat.local.alarms.AlarmState;
import dev.lifeboat.local.alarms.Alarms;
import dev.lifeboat.local.alarms.MetricStore;
import dev.lifeboat.local.events.EventBus;
import dev.lifeboat.local.events.Schedules;
import dev.lifeboat.local.lambda.InvocationResult;
import dev.lifeboat.local.lambda.LambdaService;
import dev.lifeboat.local.lambda.LambdaSettings;
import dev.lifeboat.local.s3.ObjectCreated;
import dev.lifeboat.local.s3.S3Admin;
import dev.lifeboat.local.s3.S3Proxy;
import dev.lifeboat.local.s3.S3Server;
import dev.lifeboat.local.states.ExecutionDescription;
import dev.lifeboat.local.states.StateMachines;
import dev.lifeboat.local.storage.BlockStorage;
import dev.lifeboat.local.template.AlarmResource;
import dev.lifeboat.local.template.Arns;
import dev.lifeboat.local.template.BucketResource;
import dev.lifeboat.local.template.FunctionResource;
import dev.lifeboat.local.template.MachineResource;
import dev.lifeboat.local.template.Template;
import dev.lifeboat.local.tls.SecureEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The AWS account that a drill runs in: everything that {@code template.yaml} declares, in processes and threads of this
 * machine, listening on the loopback interface alone. What has no meaning here (roles, keys, log groups) is left out by a
 * list; anything else that is not known is an error that names it, while it is read or as a 501 answer.
 *
 * <p>Thread-safe. {@link #close()} ends every process that it started; so does the end of this process, however it ends.
 */
public final class EmbeddedCloud implements AutoCloseable {
    /** The account of every ARN. */
    public static final String ACCOUNT = Arns.ACCOUNT;

    /** What every request and token of the account is signed with. */
    public static final String SECRET_ACCESS_KEY = "local";

    private static final String ACCESS_KEY_ID = "AKIDLOCAL";

    /** The region of every ARN. */
    public static final String REGION = Arns.REGION;

    private final Template template;
    private final CloudListener listener;
    private final Front front;
    private final S3Server s3Server;
    private final LambdaService lambda;
    private final StateMachines machines;
    private final Topics topics;
    private final ParameterStore parameters = new ParameterStore();
    private final Secrets secrets = new Secrets();
    private final EventBus bus;
    private final Schedules schedules;
    private final Alarms alarms;
    private final MetricStore metrics = new MetricStore();
    private final Connections connections;
    private final ClusterFaults clusterFaults = new ClusterFaults();
    private final SecurityGroups securityGroups = new SecurityGroups();
    private final BlockStorage storage;
    private final EksInventory eks;
    private final Stacks stacks;

    @SuppressWarnings("this-escape") // the listeners are called after construction alone
    private EmbeddedCloud(Builder b) {
        template = Template.read(b.template, b.parameters);
        List<CloudListener> all = new ArrayList<>(b.listeners);
        all.add(new Wiring());
        listener = new Listeners(all);
        topics = new Topics(template.topics().values(), listener::notified);
        List<AutoCloseable> started = new ArrayList<>();
        try {
            front = started(started, new Front(listener::unknownRequest));
            List<String> keys = template.leftOut().entrySet().stream()
                    .filter(e -> e.getValue().equals("AWS::KMS::Key"))
                    .map(e -> keyArn(e.getKey()))
                    .toList();
            s3Server = started(started, S3Server.start(b.builtFiles.resolve("s3-server"), b.work.resolve("s3"), keys));
            var s3 = new S3Admin(s3Server.endpoint());
            template.buckets().values().forEach(bucket -> s3.createBucket(bucket.name(), bucket.versioned()));
            var settings = new LambdaSettings(
                    b.work, b.builtFiles.resolve("lambda-runtime"), front.endpoint(), b.environment, b.speed, b.hosts);
            lambda = started(started, new LambdaService(template.functions().values(), settings, listener));
            connections = new Connections(lambda, topics, s3, parameters, this::machines);
            machines =
                    started(started, new StateMachines(template.machines().values(), connections, listener, b.speed));
            bus = new EventBus(template.rules(), connections, listener::eventPublished);
            schedules = started(started, new Schedules(template.schedules(), connections, b.speed));
            alarms = started(started, new Alarms(template.alarms(), metrics, this::alarmChanged, listener, b.speed));
            template.ssmParameters().forEach(parameters::put);
            template.secrets().forEach((id, value) -> secrets.put(id, value == null ? "{}" : value));
            Clock clock = Clock.systemUTC();
            storage = b.storage == null
                    ? new BlockStorage(b.work.resolve("ebs"), clock, b.clusterCompression)
                    : b.storage;
            eks = new EksInventory(b.clusterHost, securityGroups, clusterFaults, clock);
            b.clusters.forEach(eks::add);
            var others = new PlainResources(clock);
            stacks = started(
                    started,
                    new Stacks(
                            List.of(new EksResources(eks, others), new SecurityGroupResources(securityGroups), others),
                            clock,
                            new Pace(b.clusterCompression)));
            serve();
            front.add("ec2", new Ec2Api(storage, securityGroups, clock));
            if (b.secureEndpoint != null) {
                b.secureEndpoint.serve(front::handle);
            }
            for (Builder.InitialStack stack : b.stacks) {
                stacks.createAtOnce(
                        stack.name(), read(stack.template()), stack.parameters().apply(this::output));
            }
        } catch (RuntimeException e) {
            closeAll(started, e);
            throw e;
        }
    }

    /** The ARN of a KMS key of the template, by its logical id: what a person copies from the stack's outputs. */
    public String keyArn(String logicalId) {
        return Arns.arn("kms", "key/" + template.ref(logicalId));
    }

    private String output(String stack, String output) {
        return stacks.find(stack).outputs.get(output).value();
    }

    private static String read(Path template) {
        try {
            return Files.readString(template);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + template, e);
        }
    }

    private void serve() {
        front.add("states", new StatesApi(machines));
        front.add("ssm", parameters);
        front.add("secretsmanager", secrets);
        front.add("sns", topics);
        front.add("eks", new EksApi(eks));
        front.add("cloudformation", new CloudFormationApi(stacks));
        front.add("lambda", new LambdaApi(lambda));
        front.add("s3", new BucketService(new S3Proxy(s3Server.endpoint(), this::objectCreated), template.buckets()));
    }

    private static <T extends AutoCloseable> T started(List<AutoCloseable> all, T one) {
        all.add(0, one);
        return one;
    }

    private static void closeAll(List<AutoCloseable> started, RuntimeException first) {
        for (AutoCloseable one : started) {
            try {
                one.close();
            } catch (Exception e) {
                first.addSuppressed(e);
            }
        }
    }

    private StateMachines machines() {
        return machines;
    }

    /** @param template the SAM template; its relative paths count from the directory that it lies in */
    public static Builder builder(Path template) {
        return new Builder(template);
    }

    /** How to start one. */
    public static final class Builder {
        private final Path template;
        private final Map<String, String> parameters = new HashMap<>();
        private final Map<String, String> environment = new HashMap<>();
        private final List<CloudListener> listeners = new ArrayList<>();
        private final Map<String, Supplier<EksCluster>> clusters = new HashMap<>();
        private Path work;
        private Path builtFiles;
        private double speed = 1;
        private final List<InitialStack> stacks = new ArrayList<>();
        private ClusterHost clusterHost = ClusterHost.NONE;
        private double clusterCompression = 1;
        private BlockStorage storage;
        private SecureEndpoint secureEndpoint;
        private Path hosts;

        private record InitialStack(
                String name, Path template, Function<StackOutputs, Map<String, String>> parameters) {}

        private Builder(Path template) {
            this.template = template.toAbsolutePath();
            this.builtFiles = this.template.resolveSibling("local").resolve("target");
            this.work = builtFiles.resolve("work");
        }

        /** Overrides parameters of the template, by name. */
        public Builder parameters(Map<String, String> values) {
            parameters.putAll(values);
            return this;
        }

        /** Overrides a parameter of the template. */
        public Builder parameter(String name, String value) {
            parameters.put(name, value);
            return this;
        }

        /** Where functions are unpacked and objects are kept; created when missing, never removed. */
        public Builder workDirectory(Path directory) {
            work = directory.toAbsolutePath();
            return this;
        }

        /** Where the build put {@code s3-server} and {@code lambda-runtime}. Default: local/target beside the template. */
        public Builder builtFiles(Path directory) {
            builtFiles = directory.toAbsolutePath();
            return this;
        }

        /** Shortens Wait states, retry pauses, schedules and alarm periods: 10 makes a minute six seconds. Default 1. */
        public Builder speed(double factor) {
            speed = factor;
            return this;
        }

        /** Adds a variable to every function's environment, beside the template's. */
        public Builder extraEnvironment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Adds a listener; faults of several are merged: the first that is not {@code NONE} counts. */
        public Builder listener(CloudListener listener) {
            listeners.add(listener);
            return this;
        }

        /** What DescribeCluster answers; asked at each call. */
        public Builder eksCluster(String name, Supplier<EksCluster> cluster) {
            clusters.put(name, cluster);
            return this;
        }

        /** Who runs the clusters that stacks create. Default: nobody. */
        public Builder clusterHost(ClusterHost host) {
            clusterHost = host;
            return this;
        }

        /** By what the times are divided that EKS, CloudFormation and EBS take. Default 1. */
        public Builder clusterCompression(double factor) {
            clusterCompression = factor;
            return this;
        }

        /** Answers there, too, with all services. It stays the caller's, who closes it. Default: none. */
        public Builder secureEndpoint(SecureEndpoint endpoint) {
            secureEndpoint = endpoint;
            return this;
        }

        /** The volumes and snapshots of the account. Default: none yet. */
        public Builder storage(BlockStorage volumes) {
            storage = volumes;
            return this;
        }

        /** What names resolve to inside the functions: a file as /etc/hosts, read at every question. Default: this machine's resolver. */
        public Builder hostsFile(Path file) {
            hosts = file.toAbsolutePath();
            return this;
        }

        /**
         * A stack that is there from the start; those that need something of it come after it.
         *
         * @param values its parameters, which may be outputs of those before it
         */
        public Builder stack(String name, Path stackTemplate, Function<StackOutputs, Map<String, String>> values) {
            stacks.add(new InitialStack(name, stackTemplate, values));
            return this;
        }

        /**
         * Starts it: front, S3 server, buckets, definitions. Schedules and alarms are off until enabled.
         *
         * @throws RuntimeException naming what the template or a definition says that is not understood
         */
        public EmbeddedCloud start() {
            return new EmbeddedCloud(this);
        }
    }

    /** The one endpoint of all services: the value of AWS_ENDPOINT_URL. */
    public URI endpoint() {
        return front.endpoint();
    }

    /** What a program (the aws command, a script) needs to work in this account: endpoint, region, credentials. */
    public Map<String, String> clientEnvironment() {
        return new TreeMap<>(Map.of(
                "AWS_ENDPOINT_URL",
                endpoint().toString(),
                "AWS_REGION",
                REGION,
                "AWS_DEFAULT_REGION",
                REGION,
                "AWS_ACCESS_KEY_ID",
                ACCESS_KEY_ID,
                "AWS_SECRET_ACCESS_KEY",
                SECRET_ACCESS_KEY,
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_PAGER",
                ""));
    }

    /** What pgBackRest needs to keep a repository in this account's S3: it speaks TLS alone, and no endpoint URL. */
    public static Map<String, String> pgBackRestEnvironment(SecureEndpoint endpoint) {
        return Map.of(
                "PGBACKREST_REPO1_S3_KEY_TYPE",
                "shared",
                "PGBACKREST_REPO1_S3_KEY",
                ACCESS_KEY_ID,
                "PGBACKREST_REPO1_S3_KEY_SECRET",
                SECRET_ACCESS_KEY,
                "PGBACKREST_REPO1_S3_URI_STYLE",
                "path",
                "PGBACKREST_REPO1_STORAGE_HOST",
                endpoint.host(),
                "PGBACKREST_REPO1_STORAGE_PORT",
                Integer.toString(endpoint.port()),
                "PGBACKREST_REPO1_STORAGE_CA_FILE",
                endpoint.authority().toString());
    }

    /** The template, with everything in it resolved. */
    public Template template() {
        return template;
    }

    /** Invokes a function (logical id, name or ARN) and waits for its answer. */
    public InvocationResult invoke(String function, String event) {
        try {
            return lambda.invoke(function, event);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + function + " ran", e);
        }
    }

    /**
     * Starts an execution of a state machine (logical id, name or ARN).
     *
     * @param name the execution's name, or null for a random one
     * @return the execution's ARN
     */
    public String startExecution(String machine, String name, String input) {
        String arn = template.machines().values().stream()
                .filter(m -> machine.equals(m.logicalId()) || machine.equals(m.name()))
                .map(MachineResource::arn)
                .findFirst()
                .orElse(machine);
        return machines.start(arn, name, input);
    }

    /** Every execution so far, oldest first. */
    public List<ExecutionDescription> executions() {
        return machines.list();
    }

    /** One execution. */
    public ExecutionDescription execution(String arn) {
        return machines.describe(arn);
    }

    /** The history of an execution as GetExecutionHistory's JSON {@code events} array. */
    public String history(String arn) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        machines.history(arn).forEach(events::add);
        return events.toString();
    }

    /** Stops an execution, as from the console. */
    public void stopExecution(String arn) {
        machines.stop(arn, null, null);
    }

    /** Everything published to topics so far, oldest first. */
    public List<Notification> notifications() {
        return topics.published();
    }

    /** Creates or replaces a secret. */
    public void putSecret(String id, String value) {
        secrets.put(id, value);
    }

    /** Creates or replaces an SSM parameter. */
    public void putParameter(String name, String value) {
        parameters.put(name, value);
    }

    /** The value of an SSM parameter. */
    public String parameter(String name) {
        return parameters.get(name).path("Parameter").path("Value").asText();
    }

    /** Makes something go wrong the next times that a cluster is created; {@code Integer.MAX_VALUE} for always. */
    public void order(ClusterFault fault, int times) {
        clusterFaults.order(fault, times);
    }

    /** A disaster: EKS knows the cluster no more, and nobody deleted its stack. Whoever runs it is not told. */
    public void loseCluster(String name) {
        eks.lose(name);
    }

    /** How long EKS takes to create a cluster with its nodes and add-ons, before any compression. */
    public static Duration clusterCreation() {
        return Pace.WHOLE_CLUSTER;
    }

    /** How long a cluster takes in the cloud to be deleted. */
    public static Duration clusterDeletion() {
        return Pace.CLUSTER_DELETION;
    }

    /** The names of all stacks that are not deleted, with their statuses. */
    public Map<String, String> stackStatuses() {
        Map<String, String> statuses = new TreeMap<>();
        stacks.all().stream().filter(stack -> !stack.gone()).forEach(stack -> statuses.put(stack.name(), stack.status));
        return statuses;
    }

    /** The EKS clusters that there are, with their statuses. */
    public Map<String, String> clusterStatuses() {
        Map<String, String> statuses = new TreeMap<>();
        eks.names().forEach(name -> statuses.put(name, eks.cluster(name).status));
        return statuses;
    }

    /** Puts an event on the default bus, as often as told: EventBridge delivers at least once. */
    public void publishEvent(String event, int copies) {
        bus.publish(event, copies);
    }

    /** From now on every event is delivered this often. Default 1. */
    public void deliverEvents(int copies) {
        bus.deliver(copies);
    }

    /** Turns a schedule (its Name, or function or machine logical id + event's logical id) on or off. */
    public void enableSchedule(String name, boolean enabled) {
        schedules.enable(name, enabled);
    }

    /** Fires a schedule now, once, whether enabled or not. */
    public void fireSchedule(String name) {
        schedules.fire(name);
    }

    /** Starts (or stops) evaluating the alarms. Without data an alarm waits EvaluationPeriods + 1 periods at first. */
    public void evaluateAlarms(boolean enabled) {
        alarms.enable(enabled);
    }

    /** The state that an alarm is in. */
    public AlarmState alarmState(String alarm) {
        return alarms.state(alarm);
    }

    /** Requests that were answered 501; whatever ran while there is one has failed. */
    public List<String> unknownRequests() {
        return front.unknownRequests();
    }

    private void objectCreated(ObjectCreated object) {
        BucketResource bucket = template.buckets().get(object.bucket());
        if (bucket == null) {
            return;
        }
        if (bucket.toEventBridge()) {
            bus.publish("aws.s3", "Object Created", Arns.bucket(bucket.name()), AwsEvents.objectCreated(object));
        }
        String event = AwsEvents.eventName(object);
        bucket.notifications().stream()
                .filter(n -> n.event().equals(event) || n.event().equals("s3:ObjectCreated:*"))
                .filter(n -> object.key().startsWith(n.prefix()) && object.key().endsWith(n.suffix()))
                .forEach(n -> connections.deliver(
                        n.functionArn(), AwsEvents.notification(object).toString()));
    }

    private void alarmChanged(AlarmResource alarm, ObjectNode detail, List<String> actions) {
        bus.publish("aws.cloudwatch", "CloudWatch Alarm State Change", alarm.arn(), detail);
        actions.forEach(action -> connections.deliver(action, detail.toString()));
    }

    /** What one service makes of another's news. */
    private final class Wiring implements CloudListener {
        @Override
        public void logged(String function, String line) {
            metrics.log(line);
        }

        @Override
        public void givenUp(String logicalId, String payload, InvocationResult last) {
            FunctionResource function = template.functions().get(logicalId);
            if (function.onFailureTopic() != null) {
                topics.publish(function.onFailureTopic(), null, AwsEvents.givenUp(function, payload, last));
            }
        }

        @Override
        public void executionStarted(ExecutionDescription execution) {
            statusChanged(execution);
        }

        @Override
        public void executionEnded(ExecutionDescription execution) {
            statusChanged(execution);
        }

        private void statusChanged(ExecutionDescription execution) {
            // The children of a Distributed Map are no executions of their own to EventBridge.
            if (!execution.arn().contains("/")) {
                bus.publish(
                        "aws.states",
                        "Step Functions Execution Status Change",
                        execution.arn(),
                        AwsEvents.statusChange(execution));
            }
        }
    }

    /** Ends everything that it started, in the reverse order; safe to call twice. */
    @Override
    public void close() {
        schedules.close();
        alarms.close();
        machines.close();
        stacks.close();
        lambda.close();
        front.close();
        s3Server.close();
    }
}
