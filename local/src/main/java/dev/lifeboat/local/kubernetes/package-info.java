/**
 * A Kubernetes API server on loopback, small but real: objects with resource versions, generations and owners, the
 * patches that our functions send, the controllers of StatefulSets, Deployments, Jobs and CronJobs, and pods that are
 * processes of this machine. What it does not know it answers with 501 and remembers.
 *
 * <p>Start reading at {@link dev.lifeboat.local.kubernetes.EmbeddedKubernetes}.
 */
package dev.lifeboat.local.kubernetes;
