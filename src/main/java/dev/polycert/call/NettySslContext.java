package dev.polycert.call;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.CipherSuiteFilter;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextOption;
import io.netty.handler.ssl.SslProvider;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * Keeps OpenSSL out of the native executable. Quarkus has Netty's contexts be the JDK's there;
 * since 4.1.135 Netty makes those of clients by a method that this Quarkus does not know yet, which
 * is led back here to the one that it does. Goes with the next Quarkus.
 */
@TargetClass(className = "io.netty.handler.ssl.SslContext")
final class NettySslContext {

  /** What Quarkus substitutes. */
  @Alias
  @SafeVarargs
  static native SslContext newClientContextInternal(
      SslProvider provider,
      Provider sslContextProvider,
      X509Certificate[] trustCert,
      TrustManagerFactory trustManagerFactory,
      X509Certificate[] keyCertChain,
      PrivateKey key,
      String keyPassword,
      KeyManagerFactory keyManagerFactory,
      Iterable<String> ciphers,
      CipherSuiteFilter cipherFilter,
      ApplicationProtocolConfig apn,
      String[] protocols,
      long sessionCacheSize,
      long sessionTimeout,
      boolean enableOcsp,
      SecureRandom secureRandom,
      String keyStoreType,
      String endpointIdentificationAlgorithm,
      Map.Entry<SslContextOption<?>, Object>... options)
      throws SSLException;

  /** What Netty calls. */
  @Substitute
  @SafeVarargs
  static SslContext newClientContextInternal(
      SslProvider provider,
      Provider sslContextProvider,
      X509Certificate[] trustCert,
      TrustManagerFactory trustManagerFactory,
      X509Certificate[] keyCertChain,
      PrivateKey key,
      String keyPassword,
      KeyManagerFactory keyManagerFactory,
      Iterable<String> ciphers,
      CipherSuiteFilter cipherFilter,
      ApplicationProtocolConfig apn,
      String[] protocols,
      long sessionCacheSize,
      long sessionTimeout,
      boolean enableOcsp,
      boolean ofOpenSslOnly,
      SecureRandom secureRandom,
      String keyStoreType,
      String endpointIdentificationAlgorithm,
      Map.Entry<SslContextOption<?>, Object>... options)
      throws SSLException {
    return newClientContextInternal(
        provider,
        sslContextProvider,
        trustCert,
        trustManagerFactory,
        keyCertChain,
        key,
        keyPassword,
        keyManagerFactory,
        ciphers,
        cipherFilter,
        apn,
        protocols,
        sessionCacheSize,
        sessionTimeout,
        enableOcsp || ofOpenSslOnly,
        secureRandom,
        keyStoreType,
        endpointIdentificationAlgorithm,
        options);
  }
}
