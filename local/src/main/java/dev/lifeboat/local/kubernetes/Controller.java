package dev.lifeboat.local.kubernetes;

/** Brings the cluster a step nearer to what its objects ask for; called again and again, level by level. */
interface Controller {
    /** Looks at every object that it is responsible for, once; quick, and harmless when there is nothing to do. */
    void reconcile();
}
