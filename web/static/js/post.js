// Asks the portal for a change, with the token that holds. Who signed in anew, in another tab, has another token than this
// page: it is fetched then, put into all forms of the page, and the change is asked for once more. The portal looks at the
// token before it does anything, so nothing is done twice.
const token = () => document.querySelector("input[name=csrf_token]").value;

// The page that is asked is light, and there for everybody.
async function renewed() {
  const answer = await fetch(document.body.dataset.signIn, { credentials: "same-origin" }).catch(() => null);
  const page = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page && page.querySelector("input[name=csrf_token]")?.value;
  if (!fresh) return false;
  for (const field of document.querySelectorAll("input[name=csrf_token]")) field.value = fresh;
  return true;
}

// body: a form's data, or a text. Gives the answer; throws where there is none.
export async function post(address, body, { headers = {}, ...more } = {}) {
  const ask = () => {
    if (typeof body !== "string") body.set("csrf_token", token());
    const all = { Accept: "application/json", "X-CSRFToken": token(), ...headers };
    return fetch(address, { method: "POST", credentials: "same-origin", ...more, headers: all, body });
  };
  const answer = await ask();
  return answer.status === 400 && (await renewed()) ? ask() : answer;
}
