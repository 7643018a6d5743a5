package dev.polycert.vendor.alibaba;

import static dev.polycert.deliver.IssuedCertificates.issued;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.VendorError;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.Awaiting;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.Pem;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UploadsTest {
  private final Store store = new Store();
  private final Uploads uploads = new Uploads(store);

  /** A store that shows fingerprints on request, and refuses as set. */
  private static final class Store implements CertificateStore {
    private final List<Upload> all = new ArrayList<>();
    private final List<String> used = new ArrayList<>();
    private boolean showsFingerprints;
    private boolean refusesToDelete;
    private int made;

    @Override
    public Uni<Answer<List<Upload>>> list(boolean expired, CallContext context) {
      return Answer.of(List.copyOf(all)).now();
    }

    @Override
    public Uni<Answer<String>> upload(
        String name, CertificateBundle certificate, WriteContext context) {
      String fingerprint = Pem.fingerprint(certificate.certificate()).orElseThrow();
      all.add(new Upload("c" + ++made, name, showsFingerprints ? fingerprint : ""));
      return Answer.of("c" + made).now();
    }

    @Override
    public Uni<Answer<List<Upload>>> unused(List<Upload> uploads, CallContext context) {
      return Answer.of(uploads.stream().filter(one -> !used.contains(one.id())).toList()).now();
    }

    @Override
    public Uni<Answer<Boolean>> delete(Upload upload, WriteContext context) {
      if (refusesToDelete) {
        return Answer.<Boolean>refused(new VendorError(ErrorClass.FINAL, "InUse", "in use")).now();
      }
      return Answer.of(all.remove(upload)).now();
    }

    private List<String> ids() {
      return all.stream().map(Upload::id).toList();
    }
  }

  private String kept(CertificateBundle certificate, String earlier, CertificateBundle... sent) {
    List<String> fingerprints =
        Stream.of(sent).flatMap(one -> Pem.fingerprint(one.certificate()).stream()).toList();
    Uploads.Kept kept =
        Awaiting.value(uploads.keep(certificate, earlier, fingerprints, Awaiting.context()));
    Awaiting.await(uploads.tidy(kept, earlier, Awaiting.context()));
    return kept.upload().id();
  }

  @Test
  void aCertificateIsUploadedOnceUnderANameThatStoresTake() {
    CertificateBundle certificate = issued("www.example.com");

    assertThat(kept(certificate, null)).isEqualTo("c1");
    assertThat(kept(certificate, null)).as("by its name").isEqualTo("c1");
    assertThat(store.all.getFirst().name()).matches("polycert-[0-9a-f-]{49}").hasSizeLessThan(64);
  }

  @Test
  void anUploadOfAnyNameIsFoundByItsFingerprint() {
    CertificateBundle certificate = issued("www.example.com");
    String fingerprint = Pem.fingerprint(certificate.certificate()).orElseThrow();
    store.all.add(
        new CertificateStore.Upload(
            "mine",
            "mine",
            fingerprint.toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?=.)", "$1:")));

    assertThat(kept(certificate, null)).isEqualTo("mine");
  }

  @Test
  void theCertificateBeforeTheLastIsRemovedWhenNothingUsesIt() {
    store.showsFingerprints = true;
    String one = kept(issued("www.example.com"), null);
    String two = kept(issued("www.example.com"), one);
    store.used.add(one);
    String three = kept(issued("www.example.com"), two);
    assertThat(store.ids()).containsExactly(one, two, three);

    store.used.clear();
    String four = kept(issued("www.example.com"), three);

    assertThat(store.ids()).containsExactly(three, four);
  }

  @Test
  void anUploadWhoseDeliveryFailedIsOfTheSameLine() {
    CertificateBundle first = issued("www.example.com");
    CertificateBundle second = issued("www.example.com");
    kept(first, null, first);
    String two = kept(second, null, first, second);
    assertThat(store.ids()).hasSize(2);

    String three = kept(issued("www.example.com"), two);

    assertThat(store.ids()).containsExactly(two, three);
  }

  @Test
  void whatWasSentBeforeIsKnownByItsId() {
    CertificateBundle lost = issued("www.example.com");
    CertificateBundle next = issued("www.example.com");
    String one = kept(issued("www.example.com"), null);
    String two = kept(lost, one, lost);
    List<String> sent =
        Stream.of(lost, next).flatMap(it -> Pem.fingerprint(it.certificate()).stream()).toList();

    Uploads.Kept kept = Awaiting.value(uploads.keep(next, one, sent, Awaiting.context()));

    assertThat(kept.before()).containsExactlyInAnyOrder(one, two);
  }

  @Test
  void aDeletionThatFailsIsLeftToTheNextRenewal() {
    String one = kept(issued("www.example.com"), null);
    String two = kept(issued("www.example.com"), one);
    store.refusesToDelete = true;
    String three = kept(issued("www.example.com"), two);
    assertThat(store.ids()).containsExactly(one, two, three);

    store.refusesToDelete = false;
    String four = kept(issued("www.example.com"), three);

    assertThat(store.ids()).containsExactly(three, four);
  }

  @Test
  void otherLinesAndOtherNamesStay() {
    store.all.add(new CertificateStore.Upload("mine", "polycert-by-hand", ""));
    String other = kept(issued("www.example.com"), null);
    String one = kept(issued("www.example.com"), null);
    String two = kept(issued("www.example.com"), one);
    String three = kept(issued("www.example.com"), two);

    assertThat(store.ids()).containsExactly("mine", other, two, three);
  }

  @Test
  void whereTheOneBeforeIsGoneANewLineBegins() {
    String one = kept(issued("www.example.com"), null);
    store.all.clear();
    String two = kept(issued("www.example.com"), one);

    assertThat(store.ids()).containsExactly(two);
  }

  @Test
  void aTargetThatIsAddedLaterRemovesNothing() {
    String one = kept(issued("www.example.com"), null);
    CertificateBundle renewal = issued("www.example.com");
    String two = kept(renewal, one);

    assertThat(kept(renewal, null)).isEqualTo(two);

    assertThat(store.ids()).as("another target may have it still").containsExactly(one, two);
  }

  @Test
  void aNewTargetThatComesFirstKeepsNoOldUploadForEver() {
    store.showsFingerprints = true;
    String old = kept(issued("www.example.com"), null);
    CertificateBundle renewal = issued("www.example.com");
    String ofNew = kept(renewal, null);
    String ofOld = kept(renewal, old);
    assertThat(kept(renewal, old)).as("once").isEqualTo(ofOld);
    CertificateBundle next = issued("www.example.com");
    String nextOfNew = kept(next, ofNew);
    String nextOfOld = kept(next, ofOld);

    assertThat(store.ids()).containsExactly(ofNew, ofOld, nextOfNew, nextOfOld);

    CertificateBundle last = issued("www.example.com");
    String lastOfNew = kept(last, nextOfNew);
    String lastOfOld = kept(last, nextOfOld);
    assertThat(store.ids()).containsExactly(nextOfNew, nextOfOld, lastOfNew, lastOfOld);
  }
}
