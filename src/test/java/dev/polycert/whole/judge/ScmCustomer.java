package dev.polycert.whole.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.huaweicloud.sdk.scm.v3.ScmClient;
import com.huaweicloud.sdk.scm.v3.model.Authentification;

/** Brings the emulated SCM into a state, by calling it with Huawei Cloud's own SDK. */
record ScmCustomer(Emulation sandbox, ScmClient sdk) {

  String bought() {
    return ScmSdk.buy(sdk, 1).getCert().getFirst().getCertId();
  }

  String applied(String domain) {
    String id = bought();
    ScmSdk.apply(sdk, id, domain);
    return id;
  }

  String issued(String domain) {
    String id = applied(domain);
    ScmSdk.show(sdk, id).getAuthentification().forEach(this::publish);
    assertThat(ScmSdk.show(sdk, id).getStatus()).isEqualTo("ISSUED");
    return id;
  }

  void publish(Authentification proof) {
    sandbox.publish(proof.getRecordName(), proof.getRecordType(), proof.getRecordValue());
  }
}
