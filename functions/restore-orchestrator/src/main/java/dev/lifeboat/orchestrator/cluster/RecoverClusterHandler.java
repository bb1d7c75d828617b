package dev.lifeboat.orchestrator.cluster;

import com.amazonaws.services.lambda.runtime.Context;
import dev.lifeboat.aws.BucketAccess;
import dev.lifeboat.contract.error.MisconfiguredException;
import dev.lifeboat.lambda.JsonHandler;
import dev.lifeboat.lambda.Needs;
import dev.lifeboat.lambda.Readiness;
import dev.lifeboat.lambda.ReadinessQuestion;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The steps of a cluster's rebuild: from the look at the old one to its fence and its end. */
@Named("RecoverCluster")
@Singleton
public class RecoverClusterHandler extends JsonHandler<ClusterRequest> {
    private final Supplier<ClusterServices> services;
    private final Needs needs;

    // Optional: the module's other functions start with this bean, too, without these settings.
    @Inject
    RecoverClusterHandler(
            ClusterClients aws,
            EksConnections clusters,
            @ConfigProperty(name = "backup.bucket") Optional<String> bucket,
            @ConfigProperty(name = "target.parameter") Optional<String> target,
            @ConfigProperty(name = "cluster.parameter") Optional<String> settings) {
        this(
                () -> new ClusterServices(
                        aws.clients(),
                        setting("BACKUP_BUCKET", bucket),
                        parameters(aws, target, settings),
                        clusters::exactly,
                        Clock.systemUTC()),
                (question, readiness) -> {
                    clusters.lookAtNeeds(question, readiness);
                    readiness.look(
                            "bucket " + bucket.orElse("(none)"),
                            () -> BucketAccess.firstKey(
                                    aws.clients().s3(), setting("BACKUP_BUCKET", bucket), "generations/"));
                    readiness.look(
                            "parameter " + settings.orElse("(none)"),
                            () -> parameters(aws, target, settings).settings());
                    readiness.look(
                            "stacks",
                            () -> new Stacks(aws.clients().cloudFormation())
                                    .names(parameters(aws, target, settings)
                                            .settings()
                                            .clusterName()));
                });
    }

    RecoverClusterHandler(Supplier<ClusterServices> services, Needs needs) {
        super("the RecoverCluster event", ClusterRequest.class);
        this.services = services;
        this.needs = needs;
    }

    private static ClusterParameters parameters(
            ClusterClients aws, Optional<String> target, Optional<String> settings) {
        return new ClusterParameters(
                aws.ssm(), setting("TARGET_PARAMETER", target), setting("CLUSTER_PARAMETER", settings));
    }

    private static String setting(String variable, Optional<String> value) {
        return value.orElseThrow(() -> new MisconfiguredException(
                "Environment variable " + variable + " is not set.",
                "Set it in the function's Environment of template.yaml."));
    }

    @Override
    protected String incident(ClusterRequest request) {
        return request.incident();
    }

    @Override
    protected void lookAtNeeds(ReadinessQuestion question, Readiness readiness) {
        needs.look(question, readiness);
    }

    @Override
    protected Object handle(ClusterRequest request, Context context) {
        ClusterServices actions = services.get();
        if (request instanceof ClusterRequest.Assess assess) {
            return actions.assess().assess(assess.scope());
        }
        if (request instanceof ClusterRequest.FindGeneration find) {
            return actions.generations().find(find.scope());
        }
        if (request instanceof ClusterRequest.SelectConfig select) {
            return actions.configBackups().newest(select.scope().target());
        }
        if (request instanceof ClusterRequest.SnapshotVolume snapshot) {
            return actions.volumes()
                    .snapshot(
                            snapshot.scope(),
                            actions.liveClaims(snapshot.scope().target()));
        }
        if (request instanceof ClusterRequest.CreateStack create) {
            return actions.generations().create(create.scope(), create.generation(), create.attempt());
        }
        if (request instanceof ClusterRequest.StackStatus status) {
            return actions.generations().status(status.generation());
        }
        if (request instanceof ClusterRequest.DeleteFailedStack delete) {
            return actions.generations().deleteFailed(delete.scope(), delete.generation(), delete.stackId());
        }
        if (request instanceof ClusterRequest.ClusterReady ready) {
            return actions.newCluster().look(ready.generation());
        }
        return handleBuilt(request, actions);
    }

    private static Object handleBuilt(ClusterRequest request, ClusterServices actions) {
        if (request instanceof ClusterRequest.BringVolume bring) {
            return actions.volumes()
                    .bring(
                            bring.scope(),
                            bring.generation().cluster(),
                            Bundle.database().claim(),
                            bring.snapshot(),
                            actions.newCluster().zones(bring.generation()));
        }
        if (request instanceof ClusterRequest.Apply apply) {
            return actions.manifests().apply(apply);
        }
        if (request instanceof ClusterRequest.DiscardVolume discard) {
            return actions.manifests().discard(discard.scope(), discard.generation());
        }
        if (request instanceof ClusterRequest.CheckRoute check) {
            return actions.route().check(check.scope().target(), check.generation());
        }
        if (request instanceof ClusterRequest.FenceOld fence) {
            return actions.oldCluster().fence(fence.scope(), fence.generation());
        }
        if (request instanceof ClusterRequest.UnfenceOld unfence) {
            return actions.oldCluster().unfence(unfence.scope(), unfence.generation());
        }
        if (request instanceof ClusterRequest.SwitchTarget there) {
            return actions.targetSwitch().there(there.scope(), there.generation(), there.facts());
        }
        if (request instanceof ClusterRequest.SwitchBack back) {
            return actions.targetSwitch().back(back.scope(), back.generation());
        }
        if (request instanceof ClusterRequest.FindRetired) {
            return actions.retirement().find();
        }
        if (request instanceof ClusterRequest.DeleteOld delete) {
            return actions.oldStack().delete(delete);
        }
        throw new IllegalStateException("No action for " + request.getClass());
    }
}
