package dev.lifeboat.local.drill;

import java.util.UUID;

/**
 * What the first user of k8s/ and template.yaml calls things, and this run's passwords.
 *
 * @param superuserPassword of the superuser
 * @param applicationPassword of the application's role
 * @param apiToken of the embedded Cloudflare
 * @param cipherPass of the repository of WAL and base backups
 */
record Names(String superuserPassword, String applicationPassword, String apiToken, String cipherPass) {
    static final String NAMESPACE = "cloudtolocalllm";
    static final String TARGET = "cloudtolocalllm";
    static final String DATABASE = "cloudtolocalllm";
    static final String SUPERUSER = "cloud_admin";
    static final String APPLICATION_ROLE = "cloudtolocalllm_app";
    static final String POSTGRES_SERVICE = "postgres";
    static final String POSTGRES_POD = "postgres-0";
    static final String POSTGRES_CLAIM = "data-postgres-0";
    static final String BACKUP_CRON_JOB = "postgres-backup-recent";
    static final String LOAD_BALANCER = "ingress-nginx-controller";
    static final String CLUSTER = "cloudtolocalllm-eks";
    static final String BUCKET = "cloudtolocalllm-backups";
    static final String ZONE = "cloudtolocalllm.online";
    static final String APP_HOST = "app.cloudtolocalllm.online";
    static final String API_HOST = "api.cloudtolocalllm.online";
    static final String ADMIN_SECRET = "cloudtolocalllm/database-admin";
    static final String APPLICATION_SECRET = "cloudtolocalllm/database-application";
    static final String CLOUDFLARE_SECRET = "cloudtolocalllm/cloudflare";
    static final String REPOSITORY_SECRET = "cloudtolocalllm/pgbackrest";
    static final String STANZA = "lifeboat";
    static final String COOL_DOWN = "/lifeboat/" + TARGET + "/cool-down-minutes";
    static final String TARGET_PARAMETER = "/lifeboat/" + TARGET + "/target";
    static final String ALARM = TARGET + "-database-not-answering";

    static Names random() {
        return new Names(secret(), secret(), secret(), secret());
    }

    private static String secret() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
