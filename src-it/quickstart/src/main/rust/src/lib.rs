use jni::objects::{JClass, JString};
use jni::sys::jint;
use jni::JNIEnv;
use unicode_segmentation::UnicodeSegmentation;

/// `demo.WordCount.count`: how many words a text has, by Unicode's rules.
#[no_mangle]
pub extern "system" fn Java_demo_WordCount_count(mut env: JNIEnv, _: JClass, text: JString) -> jint {
    match env.get_string(&text) {
        Ok(text) => String::from(text).unicode_words().count() as jint,
        Err(error) => {
            // Java sees its own exception where one is pending, and ours otherwise.
            if !env.exception_check().unwrap_or(true) {
                let _ = env.throw_new("java/lang/IllegalArgumentException", error.to_string());
            }
            -1
        }
    }
}
