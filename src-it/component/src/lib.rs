wit_bindgen::generate!({ world: "chat" });

struct Chat;

impl Guest for Chat {
    fn reply(message: Message) -> String {
        log(&format!("{} wrote", message.author));
        format!("{}, you said {:?}", message.author, message.text)
    }
}

export!(Chat);
