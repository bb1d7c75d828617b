/** What listens on loopback with TLS, and its certificate. */
package dev.lifeboat.local.tls;
