package dev.lifeboat.alarm;

import dev.lifeboat.alarm.AlarmRequest.BackupVerdict;
import dev.lifeboat.alarm.AlarmRequest.News;
import dev.lifeboat.alarm.AlarmRequest.Settle;
import dev.lifeboat.aws.BackupCatalogue;
import dev.lifeboat.aws.BucketUsage;
import dev.lifeboat.aws.Journal;
import dev.lifeboat.aws.LeaseStore;
import dev.lifeboat.lambda.AwsClients;
import dev.lifeboat.lambda.Fresh;
import dev.lifeboat.lambda.Notifier;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What the function works with. Clients live as long as it does; what people may have changed is read at every event. */
final class AlarmServices {
    /** For listing the bucket: well within the function's own minute. */
    private static final Duration LISTING = Duration.ofSeconds(35);

    private final AlarmConfiguration configuration;
    private final SsmClient ssm;
    private final S3Client s3;
    private final SfnClient sfn;
    private final Notifier notifier;
    private final Clock clock;

    /** The clients stay the caller's. */
    AlarmServices(
            AlarmConfiguration configuration,
            SsmClient ssm,
            S3Client s3,
            SfnClient sfn,
            Notifier notifier,
            Clock clock) {
        this.configuration = configuration;
        this.ssm = ssm;
        this.s3 = s3;
        this.sfn = sfn;
        this.notifier = notifier;
        this.clock = clock;
    }

    static AlarmServices connect(AlarmConfiguration configuration) {
        Fresh<SnsClient> sns = new Fresh<>(() -> AwsClients.build(SnsClient.builder()));
        return new AlarmServices(
                configuration,
                AwsClients.build(SsmClient.builder()),
                AwsClients.build(S3Client.builder()),
                AwsClients.build(SfnClient.builder()),
                new Notifier(sns, configuration.topic()),
                Clock.systemUTC());
    }

    Object answer(AlarmRequest request) {
        if (request instanceof News news) {
            AlarmDecision decision = decision(configuration.parameters(ssm));
            List<AlarmResult> results =
                    news.events().stream().map(decision::decide).toList();
            return results.size() == 1 ? results.get(0) : results;
        }
        if (request instanceof Settle settle) {
            Parameters parameters = configuration.parameters(ssm);
            return new Settling(history(configuration.settings(parameters)), decision(parameters), notifier, clock)
                    .look(settle);
        }
        if (request instanceof BackupVerdict verdict) {
            return new BackupVerdicts(catalogue()).look(verdict);
        }
        throw new IllegalStateException("No answer to " + request.getClass());
    }

    private AlarmDecision decision(Parameters parameters) {
        AlarmSettings settings = configuration.settings(parameters);
        Recoveries recoveries =
                new Recoveries(sfn, new LeaseStore(s3, configuration.bucket(), AlarmServices::asksNobody, clock));
        return new AlarmDecision(
                settings,
                configuration.mode(parameters),
                configuration.coolDown(parameters),
                history(settings),
                recoveries,
                new Errands(settings, recoveries, catalogue(), this::usage, notifier),
                notifier,
                clock);
    }

    /** Leases are only read here: nobody is taken a lease from. */
    private static boolean asksNobody(String owner) {
        return false;
    }

    private AlarmHistory history(AlarmSettings settings) {
        return new AlarmHistory(new Journal(s3, configuration.bucket()), settings.target());
    }

    private BackupCatalogue catalogue() {
        return new BackupCatalogue(s3, configuration.bucket());
    }

    private BucketUsage usage() {
        return BucketUsage.of(s3, configuration.bucket(), clock, clock.instant().plus(LISTING));
    }
}
