package dev.lifeboat.orchestrator.connection;

import dev.lifeboat.aws.DatabaseSecrets.Credentials;
import dev.lifeboat.contract.recovery.Target;
import dev.lifeboat.kubernetes.PostgresEndpoint;
import java.util.function.Function;

/** Finds out, at each call anew, where a target's PostgreSQL is and who may log in to it. */
public final class TargetLogins {
    private final PostgresPlace place;
    private final Function<String, Credentials> secrets;

    /**
     * @param place where it is
     * @param secrets who may log in, by the secret's id
     */
    public TargetLogins(PostgresPlace place, Function<String, Credentials> secrets) {
        this.place = place;
        this.secrets = secrets;
    }

    /**
     * The administrator's login.
     *
     * @throws dev.lifeboat.contract.error.KubernetesUnavailableException when no pod with an address is found now
     * @throws dev.lifeboat.contract.error.AwsUnavailableException when Secrets Manager does not answer
     * @throws dev.lifeboat.contract.error.MisconfiguredException when the Service or the secret is missing
     */
    public PostgresLogin administrator(Target target) {
        return as(target, target.adminSecret());
    }

    /** The login of a role whose secret is named; throws as {@link #administrator(Target)}. */
    public PostgresLogin as(Target target, String secret) {
        // The secret first: a wrong name is a fault of the installation, whether PostgreSQL runs or not.
        Credentials credentials = secrets.apply(secret);
        PostgresEndpoint endpoint = place.locate(target);
        return new PostgresLogin(endpoint.host(), endpoint.port(), credentials);
    }
}
