package dev.lifeboat.local.template;

/** The ARNs of the embedded account. */
public final class Arns {
    /** The account of every ARN. */
    public static final String ACCOUNT = "000000000000";

    /** The region of every ARN. */
    public static final String REGION = "us-east-1";

    private Arns() {}

    /** A Lambda function's, without qualifier. */
    public static String function(String name) {
        return arn("lambda", "function:" + name);
    }

    /** A state machine's. */
    public static String stateMachine(String name) {
        return arn("states", "stateMachine:" + name);
    }

    /** An execution's. */
    public static String execution(String machine, String name) {
        return arn("states", "execution:" + machine + ":" + name);
    }

    /** An SNS topic's. */
    public static String topic(String name) {
        return arn("sns", name);
    }

    /** A CloudWatch alarm's. */
    public static String alarm(String name) {
        return arn("cloudwatch", "alarm:" + name);
    }

    /** A bucket's. */
    public static String bucket(String name) {
        return "arn:aws:s3:::" + name;
    }

    /** Any other's. */
    public static String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + REGION + ":" + ACCOUNT + ":" + resource;
    }
}
